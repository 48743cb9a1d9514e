package io.countersign.shared.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;

/**
 * The gate in front of every digest: reads I-JSON (RFC 7493) and refuses what a canonicaliser would
 * fold together, so that two different documents can never have one digest.
 */
public final class StrictJson {

  /** The deepest nesting accepted. */
  public static final int MAX_DEPTH = 64;

  private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);
  private static final int MAX_NUMBER_LENGTH = 40;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxStringLength(2 * 1024 * 1024)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads one JSON document.
   *
   * @param bytes UTF-8 without more than {@code maxBytes} bytes
   * @throws MalformedJson if the document is too large or too deep, is not JSON, has a duplicate
   *     key, a lone surrogate, or a number that a double cannot carry exactly
   */
  public static JsonNode read(byte[] bytes, int maxBytes) throws MalformedJson {
    if (bytes.length > maxBytes) {
      throw new MalformedJson(
          "", "expected at most " + maxBytes + " bytes, found " + bytes.length + " bytes");
    }
    JsonNode node = parse(decode(bytes));
    check(node, Place.TOP);
    return node;
  }

  /**
   * The parser alone would take overlong forms, UTF-16, UTF-32 and a byte order mark: other bytes
   * for the same document.
   */
  private static String decode(byte[] bytes) throws MalformedJson {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith("\uFEFF")) {
        throw new MalformedJson("", "expected UTF-8 without a byte order mark, found one");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new MalformedJson("", "expected UTF-8, found bytes that are not");
    }
  }

  private static JsonNode parse(String text) throws MalformedJson {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isMissingNode()) {
        throw new MalformedJson("", "expected a JSON document, found nothing");
      }
      return node;
    } catch (StreamConstraintsException e) {
      throw new MalformedJson(
          "",
          "expected at most "
              + MAX_DEPTH
              + " levels of nesting and numbers of at most "
              + MAX_NUMBER_LENGTH
              + " digits");
    } catch (JsonProcessingException e) {
      throw new MalformedJson("", describe(e));
    } catch (NumberFormatException e) {
      throw new MalformedJson(
          "", "expected numbers that an IEEE 754 double carries, found another");
    }
  }

  /** The parser's own sentences quote the input; ours name the kind and the place only. */
  private static String describe(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    String original = e.getOriginalMessage();
    if (e instanceof JsonParseException && original.startsWith("Duplicate field")) {
      return "expected each key once in an object, found one twice" + place;
    }
    if (original.startsWith("Trailing token")) {
      return "expected one JSON document, found more text after it" + place;
    }
    return "expected a JSON document (RFC 8259) in UTF-8, found a syntax error" + place;
  }

  private static void check(JsonNode node, Place place) throws MalformedJson {
    if (node.isObject()) {
      Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
      while (fields.hasNext()) {
        Map.Entry<String, JsonNode> field = fields.next();
        checkText(field.getKey(), place);
        check(field.getValue(), place.in(field.getKey()));
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), place.in(Integer.toString(i)));
      }
    } else if (node.isTextual()) {
      checkText(node.textValue(), place);
    } else if (node.isNumber()) {
      checkNumber(node.decimalValue(), place);
    }
  }

  /**
   * Where in the document, as closely as can be said without repeating what was sent: keys are the
   * sender's text too, so only plain names go into the pointer and it ends before any other.
   * Written out only when something is wrong there.
   */
  private record Place(@Nullable Place around, String name) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.~/-]{1,64}");
    private static final Place TOP = new Place(null, "");

    Place in(String inner) {
      return new Place(this, inner);
    }

    String pointer() {
      Deque<String> names = new ArrayDeque<>();
      for (Place place = this; place.around() != null; place = place.around()) {
        names.push(place.name());
      }
      return names.stream()
          .takeWhile(part -> PLAIN.matcher(part).matches())
          .map(part -> "/" + part.replace("~", "~0").replace("/", "~1"))
          .collect(Collectors.joining());
    }
  }

  private static void checkText(String text, Place place) throws MalformedJson {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new MalformedJson(
            place.pointer(), "expected Unicode text, found half of a surrogate pair at index " + i);
      } else if (c == 0) {
        throw new MalformedJson(
            place.pointer(), "expected text without U+0000, found it at index " + i);
      }
    }
  }

  private static void checkNumber(BigDecimal number, Place place) throws MalformedJson {
    if (isExact(number)) {
      return;
    }
    throw new MalformedJson(
        place.pointer(),
        "expected a number that an IEEE 754 double carries exactly (integers up to 2^53 - 1);"
            + " send larger or finer values as strings");
  }

  /**
   * Compares with what the canonicaliser will write, not with what this JDK prints, so that every
   * JDK accepts the same numbers.
   */
  private static boolean isExact(BigDecimal number) {
    double carried = number.doubleValue();
    if (!Double.isFinite(carried)) {
      return false;
    }
    if (number.stripTrailingZeros().scale() <= 0) {
      return number.abs().compareTo(new BigDecimal(EXACT)) <= 0;
    }
    return new BigDecimal(canonical(carried)).compareTo(number) == 0;
  }

  private static String canonical(double number) {
    try {
      return NumberToJSON.serializeNumber(number);
    } catch (IOException e) {
      throw new IllegalStateException("every finite number can be written", e);
    }
  }
}
