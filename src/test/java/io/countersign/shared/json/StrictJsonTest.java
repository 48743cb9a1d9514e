package io.countersign.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  private static final int ENOUGH = 2 * 1024 * 1024;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "\"text\"",
        " [1, 2.5, -0.1, 0.1, 1e3, 1E-7, 0, -0] ",
        "9007199254740991",
        "-9007199254740991",
        "0.95",
        "100.00",
        "5e-324",
        "\"\\ud83d\\ude00 ü \\u00e9\"",
        "{\"a\": {\"b\": [true, false, null]}}",
        "{\"a\": 1, \"A\": 2, \"\": 3}"
      })
  void readsIJson(String text) throws Exception {
    assertThat(StrictJson.read(utf8(text), ENOUGH)).isNotNull();
  }

  /** Written out as it came, such a zero would be a gigabyte long. */
  @ParameterizedTest
  @ValueSource(strings = {"0e-999999999", "0e999999999", "-0.0e-99999999"})
  void readsAZeroAsNothingLonger(String text) throws Exception {
    assertThat(StrictJson.read(utf8(text), ENOUGH).decimalValue().toPlainString()).isEqualTo("0");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("", "", "found nothing"),
        Arguments.of("   \n", "", "found nothing"),
        Arguments.of("{\"sec\":1,\"sec\":2}", "", "each key once"),
        Arguments.of("{\"a\":{\"sec\":1,\"s\\u0065c\":2}}", "", "each key once"),
        Arguments.of("{\"sec\":1,\"\\u0073\\u0065\\u0063\":1}", "", "each key once"),
        Arguments.of("[{\"sec/ret\":1,\"sec\\/ret\":1}]", "", "each key once"),
        Arguments.of("{} {}", "", "one JSON document"),
        Arguments.of("{}secret", "", ""),
        Arguments.of("{}]", "", ""),
        Arguments.of("1 2", "", "one JSON document"),
        Arguments.of("null null", "", "one JSON document"),
        Arguments.of("{\"a\":secret}", "", "syntax error at line 1"),
        Arguments.of("{'secret':1}", "", "syntax error"),
        Arguments.of("{secret:1}", "", "syntax error"),
        Arguments.of("{\"secret\":1,}", "", "syntax error"),
        Arguments.of("[1,]", "", "syntax error"),
        Arguments.of("[,1]", "", "syntax error"),
        Arguments.of("{\"a\":1 /* secret */}", "", "syntax error"),
        Arguments.of("// secret\n1", "", "syntax error"),
        Arguments.of("# secret\n1", "", "syntax error"),
        Arguments.of("\"secret", "", "syntax error"),
        Arguments.of("[\"secret\"", "", "syntax error"),
        Arguments.of("\"sec\tret\"", "", "syntax error"),
        Arguments.of("\"sec\\xret\"", "", "syntax error"),
        Arguments.of("\"\\u12\"", "", "syntax error"),
        Arguments.of("NaN", "", "syntax error"),
        Arguments.of("[Infinity]", "", "syntax error"),
        Arguments.of("-Infinity", "", "syntax error"),
        Arguments.of("+1", "", "syntax error"),
        Arguments.of("01", "", "syntax error"),
        Arguments.of(".5", "", "syntax error"),
        Arguments.of("5.", "", "syntax error"),
        Arguments.of("0x10", "", ""),
        Arguments.of("{\"n\":1e400}", "/n", "IEEE 754"),
        Arguments.of("{\"n\":-1e400}", "/n", "IEEE 754"),
        Arguments.of("{\"n\":1e-400}", "/n", "IEEE 754"),
        Arguments.of("[1e999999999]", "/0", "IEEE 754"),
        Arguments.of("[1e-999999999]", "/0", "IEEE 754"),
        Arguments.of("[1e99999999999]", "", "IEEE 754"),
        Arguments.of("{\"a\":[0,9007199254740993]}", "/a/1", "IEEE 754"),
        Arguments.of("9007199254740992", "", "IEEE 754"),
        Arguments.of("-9007199254740992", "", "IEEE 754"),
        Arguments.of("9007199254740992.0", "", "IEEE 754"),
        Arguments.of("1e16", "", "IEEE 754"),
        Arguments.of("0.10000000000000000001", "", "IEEE 754"),
        Arguments.of("0.9500000000000000000000001", "", "IEEE 754"),
        Arguments.of("1".repeat(41), "", "numbers of at most 40 digits"),
        Arguments.of("{\"a/b~c\":1e400}", "/a~1b~0c", "IEEE 754"),
        Arguments.of("{\"a\":\"\\ud800\"}", "/a", "half of a surrogate pair at index 0"),
        Arguments.of("{\"a\":\"x\\udc00\"}", "/a", "half of a surrogate pair at index 1"),
        Arguments.of("{\"a\":\"\\ude00\\ud83d\"}", "/a", "half of a surrogate pair"),
        Arguments.of("\"\\ud83d\\ud83d\\ude00\"", "", "half of a surrogate pair"),
        Arguments.of("{\"\\ud800\":1}", "", ""),
        Arguments.of("\"sec\\u0000ret\"", "", "U+0000"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesAndNamesThePlaceButNeverTheInput(String text, String pointer, String expected) {
    MalformedJson refused = refused(utf8(text));

    assertThat(refused.getMessage()).contains(expected).startsWith("expected ");
    assertThat(refused.getMessage()).doesNotContain("sec").doesNotContain("9007199254740993");
    if (!expected.contains("surrogate") || !pointer.isEmpty()) {
      assertThat(refused.pointer()).isEqualTo(pointer);
    }
    assertThat(refused.getCause()).as("a cause would quote the input").isNull();
  }

  @Test
  void acceptsSixtyFourLevelsAndRefusesOneMore() throws Exception {
    assertThat(StrictJson.read(utf8(nested(64)), ENOUGH)).isNotNull();

    assertThat(refused(utf8(nested(65))).getMessage()).contains("64 levels");
    assertThat(refused(utf8(nested(100_000))).getMessage()).contains("64 levels");
    assertThat(refused(utf8("{\"a\":".repeat(65) + "1" + "}".repeat(65))).getMessage())
        .contains("64 levels");
  }

  @Test
  void refusesMoreBytesThanAllowed() throws Exception {
    assertThat(StrictJson.read(utf8("[1234]"), 6)).isNotNull();

    MalformedJson refused =
        catchThrowableOfType(MalformedJson.class, () -> StrictJson.read(utf8("[1234]"), 5));

    assertThat(refused).hasMessage("expected at most 5 bytes, found 6 bytes");
  }

  static Stream<byte[]> noUtf8() {
    return Stream.of(
        bytes('"', 0xff, '"'),
        bytes('"', 0xc0, 0xaf, '"'),
        bytes('"', 0xc1, 0x81, '"'),
        bytes('"', 0xe0, 0x80, 0xaf, '"'),
        bytes('"', 0xf0, 0x80, 0x80, 0xaf, '"'),
        bytes('"', 0xed, 0xa0, 0x80, '"'),
        bytes('"', 0xed, 0xb0, 0x80, '"'),
        bytes('"', 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, '"'),
        bytes('"', 0xf4, 0x90, 0x80, 0x80, '"'),
        bytes('"', 0xf8, 0x88, 0x80, 0x80, 0x80, '"'),
        bytes('"', 0xc3, '"'),
        bytes('"', 0xe2, 0x82, '"'),
        bytes('"', 0x80, '"'),
        bytes('{', '"', 0xc1, 0xa1, '"', ':', '1', '}'),
        bytes('{', '"', 0xed, 0xa0, 0x80, '"', ':', '1', '}'),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
        "{\"a\":1}".getBytes(Charset.forName("UTF-32BE")),
        "{\"a\":1}".getBytes(Charset.forName("UTF-32LE")),
        bytes(0xef, 0xbb, 0xbf, '1'));
  }

  /** An overlong form or another encoding would be a second spelling of one document. */
  @ParameterizedTest
  @MethodSource("noUtf8")
  void refusesBytesThatAreNotPlainUtf8(byte[] bytes) {
    assertThat(refused(bytes).getMessage()).startsWith("expected ");
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(int... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int value : values) {
      bytes.write(value);
    }
    return bytes.toByteArray();
  }

  private static MalformedJson refused(byte[] bytes) {
    MalformedJson refused =
        catchThrowableOfType(MalformedJson.class, () -> StrictJson.read(bytes, ENOUGH));
    assertThat(refused).as("the document is refused").isNotNull();
    return refused;
  }
}
