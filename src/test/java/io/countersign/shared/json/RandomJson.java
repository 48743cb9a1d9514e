package io.countersign.shared.json;

import java.util.Random;

/**
 * Documents that parsers and canonicalisers have disagreed about, written in odd but valid ways.
 */
final class RandomJson {

  private static final String[] NUMBERS = {
    "0",
    "-0",
    "0.0",
    "-0.0",
    "1.0",
    "1E2",
    "1e+2",
    "100",
    "0.1",
    "1e21",
    "1e20",
    "1e-6",
    "1e-7",
    "5e-324",
    "1.7976931348623157e308",
    "9007199254740991",
    "-9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "0.30000000000000004",
    "333333333.33333329",
    "4.50",
    "2e-3",
    "1e400",
    "0.1e1"
  };
  private static final String[] PIECES = {
    "a",
    "Z",
    "0",
    " ",
    "é",
    "e\u0301",
    "\u20ac",
    "\ud83d\ude00",
    "\ufb33",
    "\u202e",
    "\u200b",
    "\\n",
    "\\u0000",
    "\\u000f",
    "\\\"",
    "\\\\",
    "\\/",
    "\\u20AC",
    "\\ud83d\\ude00",
    "\\ud800",
    "\u007f",
    "\u0080",
    "\ue000",
    "\uffff",
    "__proto__",
    "<",
    "&",
    "\u2028"
  };

  private final Random random;

  RandomJson(long seed) {
    this.random = new Random(seed);
  }

  String document() {
    StringBuilder text = new StringBuilder();
    value(text, 0);
    return text.toString();
  }

  private void value(StringBuilder text, int depth) {
    space(text);
    switch (random.nextInt(depth > 4 ? 4 : 7)) {
      case 0 -> text.append(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 1 -> text.append(number());
      case 2 -> string(text);
      case 3 -> text.append(new String[] {"true", "false", "null"}[random.nextInt(3)]);
      case 4 -> list(text, depth);
      default -> object(text, depth);
    }
    space(text);
  }

  /** A double, as it is or with digits that it does not have. */
  private String number() {
    double value = Double.longBitsToDouble(random.nextLong());
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Integer.toString(random.nextInt());
    }
    return random.nextInt(8) == 0 ? value + "1" : Double.toString(value);
  }

  private void list(StringBuilder text, int depth) {
    text.append('[');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ",");
      value(text, depth + 1);
    }
    text.append(']');
  }

  private void object(StringBuilder text, int depth) {
    text.append('{');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ",");
      space(text);
      string(text);
      space(text);
      text.append(':');
      value(text, depth + 1);
    }
    text.append('}');
  }

  private void string(StringBuilder text) {
    text.append('"');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    text.append('"');
  }

  private void space(StringBuilder text) {
    if (random.nextInt(6) == 0) {
      text.append(new String[] {" ", "\t", "\r", "  "}[random.nextInt(4)]);
    }
  }

  /** The bytes of a document with a few of them changed, removed or doubled. */
  byte[] broken(byte[] document) {
    byte[] bytes = document.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))
        : bytes;
  }
}
