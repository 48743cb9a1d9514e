package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.shared.Route;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          &lt; escalateConfidence | &lt; escalateConfidnce | in known words
          &lt; escalateConfidence | &lt; "0.60" | in known words
          &lt; escalateConfidence | &lt; ( | FEEL test
          &lt; escalateConfidence | now() | test of confidence
          <text>confidence</text> | <text>confidnce</text> | one of the words
          <text>confidence</text> | <text>1 + confidence</text> | one of the words
          "escalate"</text> | "approve"</text> | found approve
          "escalate"</text> | if known then "escalate" else "block"</text> | a text in quotes
          "block"</text> | "blo" + "ck"</text> | a text in quotes
          "too_many_uncertainty_factors" | "confidence_too_low" | a name that no other rule has
          is below {escalateConfidence} | is below {rationale} | words in braces
          &gt; runLimit | &gt; dayLimit | a rule that uses runLimit
          hitPolicy="COLLECT" | hitPolicy="FIRST" | hit policy COLLECT
          hitPolicy="COLLECT" | hitPolicy="COLLECT" aggregation="MAX" | hit policy COLLECT
          id="route-action" | id="other" | a decision table with the id route-action
          name="reason" | name="why" | the outputs route, rule, reason
          <inputExpression id="InputExpression_confidence"> | <inputExpression id="InputExpression_confidence" expressionLanguage="groovy"> | language groovy
          <inputEntry id="InputEntry_confidence_too_low_confidence"> | <inputEntry id="InputEntry_confidence_too_low_confidence" expressionLanguage="javascript"> | language javascript
          <outputEntry id="OutputEntry_confidence_too_low_route"> | <outputEntry id="OutputEntry_confidence_too_low_route" expressionLanguage="juel"> | language juel
          name="Route action" namespace | name="Route action" expressionLanguage="groovy" namespace | language groovy
          </decisionTable> | </decisionTabel> | expected DMN 1.3
          """)
  void refusesATableThatWouldFailInSilence(String old, String mistake, String problem)
      throws Exception {
    assertThat(table()).contains(old);

    ManifestRefused refused = refused(table().replace(old, mistake));

    assertThat(refused.errors())
        .anySatisfy(error -> assertThat(error.problem()).contains(problem))
        .allSatisfy(error -> assertThat(error.file()).isEqualTo("route-action.dmn"));
  }

  @Test
  void namesTheCellAndEveryOtherOne() throws Exception {
    ManifestRefused refused =
        refused(
            table()
                .replace("&lt; escalateConfidence", "&lt; x")
                .replace("&gt; roleAbove", "&gt; y"));

    assertThat(refused.errors())
        .extracting(ManifestError::field)
        .containsExactly(
            "InputEntry_confidence_too_low_confidence",
            "InputEntry_amount_needs_role_amount",
            "InputEntry_run_total_needs_role_runTotal");
  }

  @Test
  void asksPeopleWhenATableHasNoRuleForTheFacts() throws Exception {
    String gap = table().replace("\"approval_required\"", "\"approval_required_\"");
    String cell = "<inputEntry id=\"InputEntry_approval_required_confidence\">";
    Policy policy =
        Policy.load(
            with(gap.replaceFirst(cell + "\\s*<text></text>", cell + "<text>&lt; 0</text>")));

    Verdict verdict =
        policy.route(Routes.facts("publish_post", Routes.refund("1.00"), "0.9", 0, false, 0));

    assertThat(verdict.route()).isEqualTo(Route.HUMAN_REVIEW);
    assertThat(Routes.rules(verdict)).containsExactly("no_rule_matched");
  }

  @Test
  void blocksAnUnknownActionWhateverTheTableSays() throws Exception {
    Policy policy =
        Policy.load(with(table().replace("\"block\"</text>", "\"auto_approve\"</text>")));

    Verdict verdict =
        policy.route(Routes.facts("drop_database", Routes.refund("1.00"), "1", 0, false, 0));

    assertThat(verdict.route()).isEqualTo(Route.BLOCK);
  }

  @Test
  void takesANewSentenceFromTheTable() throws Exception {
    Policy policy =
        Policy.load(with(table().replace("Amount {amount} is below", "{amount} is less than")));

    assertThat(policy.route(Routes.refundOf("12.00", "0.7")).reasons().get(0).text())
        .isEqualTo("12.00 is less than the limit of 50.00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${T(java.lang.Runtime).getRuntime()}",
        "#{1/0}",
        "<#assign x=1>",
        "{{7*7}}",
        "=1+1",
        "{confidence}",
        "\"; true; \"",
        "now()"
      })
  void neverEvaluatesWhatAnAgentWrote(String canary) {
    ObjectNode parameters = (ObjectNode) Routes.refund("240.00");
    parameters.put("orderId", canary).put(canary, canary);
    Facts clean = Routes.facts("process_refund", Routes.refund("240.00"), "0.72", 1, false, 1);
    Facts dirty =
        new Facts(
            "process_refund",
            parameters,
            new BigDecimal("0.72"),
            List.of(canary),
            false,
            List.of(canary),
            clean.urgency(),
            List.of());

    assertThat(Routes.PACKAGED.route(dirty)).isEqualTo(Routes.PACKAGED.route(clean));
    assertThat(Routes.PACKAGED.route(dirty).toString()).doesNotContain(canary);
  }

  @Test
  void givesOneAnswerToManyThreads() {
    List<Verdict> verdicts =
        java.util.stream.IntStream.range(0, 2000)
            .parallel()
            .mapToObj(i -> Routes.PACKAGED.route(Routes.refundOf("240.00", "0.72")))
            .distinct()
            .toList();

    assertThat(verdicts).hasSize(1);
  }

  private static String table() throws IOException {
    return new String(PolicyFiles.packaged().table(), StandardCharsets.UTF_8);
  }

  private static PolicyFiles with(String table) throws IOException {
    PolicyFiles files = PolicyFiles.packaged();
    return new PolicyFiles(
        files.manifest(), files.schema(), table.getBytes(StandardCharsets.UTF_8), files.stages());
  }

  private static ManifestRefused refused(String table) throws IOException {
    PolicyFiles files = with(table);
    ManifestRefused refused = catchThrowableOfType(ManifestRefused.class, () -> Policy.load(files));
    assertThat(refused).as("the table is refused").isNotNull();
    return refused;
  }
}
