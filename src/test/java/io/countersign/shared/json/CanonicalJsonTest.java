package io.countersign.shared.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.ActionDigest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"b":1,"a":2} | {"a":2,"b":1}
          { "a" : [ 1 , 2.0 , 1e2 , -0 , 0.10 ] } | {"a":[1,2,100,0,0.1]}
          [333333333.3333333, 4.50, 2e-3, 1e-7] | [333333333.3333333,4.5,0.002,1e-7]
          {"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7} | {"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}
          "\\u0041\\/\\u001f\\b\\"" | "A/\\u001f\\b\\""
          {"A":1,"a":2,"aa":3,"B":4} | {"A":1,"B":4,"a":2,"aa":3}
          null | null
          """)
  void writesTheOneFormOfRfc8785(String text, String canonical) throws Exception {
    assertThat(new String(CanonicalJson.bytes(read(text)), StandardCharsets.UTF_8))
        .isEqualTo(canonical);
  }

  @Test
  void givesOneDigestToEverySpellingOfOneAction() throws Exception {
    ActionDigest digest =
        CanonicalJson.digest("process_refund", read("{\"amount\":\"240.00\",\"n\":1.5}"));

    assertThat(
            CanonicalJson.digest(
                "process_refund", read(" {\"n\" : 15e-1, \"am\\u006funt\":\"240.00\"}")))
        .isEqualTo(digest);
    assertThat(digest.value())
        .isEqualTo(
            "sha-256:"
                + CanonicalJson.sha256Hex(
                    "{\"action\":\"process_refund\",\"parameters\":{\"amount\":\"240.00\",\"n\":1.5}}"
                        .getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"a\":\"240.00\"}', '{\"a\":\"240.0\"}'",
    "'{\"a\":\"1\"}', '{\"a\":1}'",
    "'{\"a\":null}', '{}'",
    "'{\"a\":[]}', '{\"a\":{}}'",
    "'{\"a\":[1,2]}', '{\"a\":[2,1]}'",
    "'{\"a\":\"\\u00e9\"}', '{\"a\":\"e\\u0301\"}'",
    "'{\"a\":9007199254740990}', '{\"a\":9007199254740991}'",
    "'{\"a\":0.1}', '{\"a\":0.10000000000000002}'",
    "'{\"a\":\"?\"}', '{\"a\":\"\\ufffd\"}'",
    "'{\"a\":\"x\"}', '{\"a\":\"x\\u200b\"}'"
  })
  void givesTwoDigestsToTwoActions(String one, String other) throws Exception {
    assertThat(CanonicalJson.digest("a", read(one)))
        .isNotEqualTo(CanonicalJson.digest("a", read(other)));
  }

  @Test
  void doesNotLetTheNameOfAnActionPassForItsParameters() throws Exception {
    assertThat(CanonicalJson.digest("a\",\"parameters\":{}", read("{}")))
        .isNotEqualTo(CanonicalJson.digest("a", read("{}")));
  }

  @Test
  void knowsThePublishedDigestOfNothing() {
    assertThat(CanonicalJson.sha256Hex(new byte[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  /** What the gate lets pass never shares canonical bytes unless the values are equal. */
  @Test
  void neverFoldsTwoNumbersIntoOne() {
    Random random = new Random(8785);
    Map<String, java.math.BigDecimal> seen = new HashMap<>();
    int passed = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = number(random);
      try {
        JsonNode node = read(text);
        passed++;
        String canonical = new String(CanonicalJson.bytes(node), StandardCharsets.UTF_8);
        java.math.BigDecimal before = seen.putIfAbsent(canonical, node.decimalValue());
        if (before != null) {
          assertThat(before).as(text).isEqualByComparingTo(node.decimalValue());
        }
      } catch (MalformedJson e) {
        assertThat(e.getMessage()).startsWith("expected ");
      }
    }
    assertThat(passed).isGreaterThan(50_000);
  }

  private static String number(Random random) {
    long digits = random.nextLong() >>> (11 + random.nextInt(53));
    String sign = random.nextBoolean() ? "-" : "";
    return switch (random.nextInt(4)) {
      case 0 -> sign + digits;
      case 1 -> sign + (9007199254740991L - random.nextInt(3) + random.nextInt(6));
      case 2 -> sign + digits + "e" + (random.nextInt(40) - 30);
      default -> sign + (digits % 1000) + "." + random.nextInt(Integer.MAX_VALUE);
    };
  }

  private static JsonNode read(String text) throws MalformedJson {
    return StrictJson.read(text.getBytes(StandardCharsets.UTF_8), 1 << 20);
  }
}
