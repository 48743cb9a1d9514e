package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.countersign.shared.Reason;
import io.countersign.shared.Route;
import io.countersign.shared.Urgency;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveTextsTest {

  private static final String CARD = "4111 1111 1111 1111";
  private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'value': 'pay with 4111 1111 1111 1111 today'}",
        "{'value': '4111-1111-1111-1111'}",
        "{'value': 4111111111111111}",
        "{'list': [{'of': ['x', {'lists': '5500000000000004'}]}]}",
        "{'378282246310005': true}"
      })
  void findsACardNumberWhereverItStandsInTheParameters(String parameters) throws IOException {
    assertThat(Routes.PACKAGED.sensitiveIn(json(parameters), List.of()))
        .containsExactly("payment_card_number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'orderId': '10428'}", "{'value': '2026-03-02 10:20:30'}", "{}"})
  void findsNothingInWhatIsNotSensitive(String parameters) throws IOException {
    assertThat(Routes.PACKAGED.sensitiveIn(json(parameters), List.of())).isEmpty();
  }

  @Test
  void looksIntoTheRestOnlyForWhatIsSensitiveEverywhere() {
    List<JsonNode> rest = List.of(TextNode.valueOf(CARD), TextNode.valueOf("key: " + KEY));

    assertThat(Routes.PACKAGED.sensitiveIn(NOTHING, rest)).containsExactly("private_key");
  }

  @Test
  void asksAPersonAndNamesThePatternButNeverTheText() {
    Facts facts =
        new Facts(
            "update_crm_field",
            NOTHING,
            BigDecimal.ONE,
            List.of(),
            false,
            List.of(),
            Urgency.NORMAL,
            Routes.PACKAGED.sensitiveIn(TextNode.valueOf(CARD + " " + KEY), List.of()));

    Verdict verdict = Routes.PACKAGED.route(facts);

    assertThat(verdict.route()).isEqualTo(Route.HUMAN_REVIEW);
    assertThat(verdict.reasons())
        .contains(
            new Reason(
                "sensitive_text",
                "It contains something sensitive: payment_card_number, private_key"));
    assertThat(verdict.toString()).doesNotContain("4111", "BEGIN");
  }

  @Test
  void asksAPersonAboutARegulatedAction() {
    Policy policy =
        Routes.load(
            text ->
                text.replace(
                    "title: Look up a customer", "title: Look up a customer\n    regulated: gdpr"));

    Verdict verdict = policy.route(Routes.facts("query_crm", NOTHING, "1", 0, false, 0));

    assertThat(verdict.route()).isEqualTo(Route.HUMAN_REVIEW);
    assertThat(verdict.reasons())
        .contains(new Reason("regulated_action", "The action is regulated: gdpr"));
  }

  @Test
  void asksAPersonRatherThanSearchWithoutEnd() {
    String half = "x".repeat(SensitiveTexts.MOST_SEARCHED / 2);
    TextNode text = TextNode.valueOf(half);

    assertThat(Routes.PACKAGED.sensitiveIn(NOTHING, List.of(text, text))).isEmpty();
    assertThat(Routes.PACKAGED.sensitiveIn(NOTHING, List.of(text, text, TextNode.valueOf("x"))))
        .containsExactly(SensitiveTexts.TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource({
    "(a|aa)+$,         a",
    "(a|a?)+b,         a",
    "(x+x+)+y,         x",
    ".*.*.*.*=.*,      a",
    "(.*a){12}b,       a",
    "([a-z]+)*[0-9],   abc"
  })
  void isNotHeldUpByAnyText(String pattern, String repeated) {
    Policy policy = with("{name: hostile, pattern: '" + pattern + "', in: all}");
    TextNode text = TextNode.valueOf(repeated.repeat(64 * 1024 / repeated.length()));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> policy.sensitiveIn(text, List.of(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(?=secret); pattern; a pattern of RE2",
        "(a)\\1; pattern; a pattern of RE2",
        "[; pattern; a pattern of RE2",
        "([a-z]{1,50}){1,20}@; pattern; a smaller pattern",
        "[0-9]*; pattern; a pattern that does not match the empty text"
      })
  void refusesAPatternThatCannotBeKeptTo(String pattern, String field, String problem) {
    refuses("{name: own, pattern: '" + pattern + "', in: all}", field, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{name: private_key, pattern: x, in: all}; name; a name that nothing else has",
        "{name: too_long_to_search, pattern: x, in: all}; name; a name that nothing else has",
        "{name: Own, pattern: x, in: all}; name; lower-case letters",
        "{name: own, pattern: x, in: context}; in; one of parameters, all"
      })
  void refusesARuleThatIsNotClear(String rule, String field, String problem) {
    refuses(rule, field, problem);
  }

  private static void refuses(String rule, String field, String problem) {
    PolicyFiles files =
        Routes.files(text -> text.replace("\n\nactions:", "\n  - " + rule + "\n\nactions:"));

    ManifestRefused refused = catchThrowableOfType(ManifestRefused.class, () -> Policy.load(files));

    assertThat(refused.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("sensitive[2]." + field);
              assertThat(error.problem()).contains(problem);
            });
  }

  private static Policy with(String rule) {
    return Routes.load(text -> text.replace("\n\nactions:", "\n  - " + rule + "\n\nactions:"));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
