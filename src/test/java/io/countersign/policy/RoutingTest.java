package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.countersign.shared.Mode;
import io.countersign.shared.Reason;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.Tightening;
import io.countersign.shared.Totals;
import io.countersign.shared.Urgency;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every boundary, through the real manifest and the real table. */
class RoutingTest {

  private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

  /** Refunds of any amount, without the amount's own limit, that the gate alone decides. */
  private static final Policy GATE =
      Routes.load(
          text ->
              text.replace("      autoApproveBelow: \"50.00\"", "      autoApproveAtGate: true")
                  .replace("      reviewFrom: \"50.00\"", "      # no reviewFrom"));

  @ParameterizedTest
  @CsvSource({
    "0.00,   AUTO_APPROVE, amount_below_limit",
    "12.00,  AUTO_APPROVE, amount_below_limit",
    "49.99,  AUTO_APPROVE, amount_below_limit",
    "50.00,  HUMAN_REVIEW, amount_needs_review",
    "50.01,  HUMAN_REVIEW, amount_needs_review",
    "240.00, HUMAN_REVIEW, amount_needs_review",
    "500.00, HUMAN_REVIEW, amount_needs_review",
    "500.01, HUMAN_REVIEW, amount_needs_review",
    "9999999.99, HUMAN_REVIEW, amount_needs_review"
  })
  void routesRefundsByAmount(String amount, Route route, String rule) {
    Verdict verdict = Routes.PACKAGED.route(Routes.refundOf(amount, "0.99"));

    assertThat(verdict.route()).isEqualTo(route);
    assertThat(Routes.rules(verdict)).startsWith(rule);
  }

  @ParameterizedTest
  @CsvSource({
    "50.00, review:reviewer",
    "500.00, review:reviewer",
    "500.01, review:reviewer finance:finance-approver"
  })
  void asksFinanceTooAboveFiveHundredOnly(String amount, String owed) {
    ReviewPlan plan = Routes.PACKAGED.route(Routes.refundOf(amount, "0.72")).review().orElseThrow();

    assertThat(plan.stages())
        .extracting(stage -> stage.name() + ":" + stage.roles().get(0).realmName())
        .containsExactly(owed.split(" "));
    assertThat(plan.chain()).isEqualTo("approve-refund");
  }

  @ParameterizedTest
  @CsvSource({
    "0,      ESCALATE",
    "0.41,   ESCALATE",
    "0.5999, ESCALATE",
    "0.599999999999, ESCALATE",
    "0.60,   HUMAN_REVIEW",
    "0.6,    HUMAN_REVIEW",
    "0.6001, HUMAN_REVIEW",
    "0.9499, HUMAN_REVIEW",
    "0.95,   HUMAN_REVIEW",
    "1,      HUMAN_REVIEW"
  })
  void escalatesBelowSixtyAndNeverLetsConfidenceApproveRefunds(String confidence, Route route) {
    assertThat(Routes.PACKAGED.route(Routes.refundOf("240.00", confidence)).route())
        .isEqualTo(route);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5999, ESCALATE,     confidence_too_low",
    "0.60,   HUMAN_REVIEW, confidence_below_gate",
    "0.9499, HUMAN_REVIEW, confidence_below_gate",
    "0.9499999999, HUMAN_REVIEW, confidence_below_gate",
    "0.95,   AUTO_APPROVE, confidence_reaches_gate",
    "0.950,  AUTO_APPROVE, confidence_reaches_gate",
    "1,      AUTO_APPROVE, confidence_reaches_gate"
  })
  void letsTheGateDecideWhereTheManifestOptsIn(String confidence, Route route, String rule) {
    Verdict verdict = GATE.route(Routes.refundOf("240.00", confidence));

    assertThat(verdict.route()).isEqualTo(route);
    assertThat(Routes.rules(verdict)).startsWith(rule);
  }

  @Test
  void keepsTheAmountsRoleAboveAHighConfidence() {
    Verdict verdict = GATE.route(Routes.refundOf("500.01", "1"));

    assertThat(verdict.route()).isEqualTo(Route.HUMAN_REVIEW);
    assertThat(Routes.rules(verdict))
        .containsExactly("amount_needs_role", "run_total_above_limit", "confidence_reaches_gate");
  }

  @ParameterizedTest
  @CsvSource({
    "process_refund, 0, AUTO_APPROVE",
    "process_refund, 2, AUTO_APPROVE",
    "process_refund, 3, ESCALATE",
    "create_ticket,  2, AUTO_APPROVE",
    "create_ticket,  3, ESCALATE",
    "publish_post,   2, HUMAN_REVIEW",
    "publish_post,   3, ESCALATE"
  })
  void escalatesMoreThanTwoUncertaintyFactors(String action, int factors, Route route) {
    Facts facts = Routes.facts(action, Routes.refund("12.00"), "0.99", factors, false, 0);

    assertThat(Routes.PACKAGED.route(facts).route()).isEqualTo(route);
  }

  @ParameterizedTest
  @CsvSource({
    "true,  0, agent_asks_for_review",
    "false, 1, trigger_raised",
    "true,  1, trigger_raised"
  })
  void letsTheAgentsDoubtWinOverConfidenceAndAmount(boolean asks, int triggers, String rule) {
    for (String action : List.of("process_refund", "query_crm")) {
      Facts facts = Routes.facts(action, Routes.refund("12.00"), "0.99", 0, asks, triggers);
      Verdict verdict = Routes.PACKAGED.route(facts);

      assertThat(verdict.route()).isEqualTo(Route.HUMAN_REVIEW);
      assertThat(Routes.rules(verdict)).startsWith(rule);
    }
  }

  @Test
  void escalatesASmallRefundOfLowConfidenceAndKeepsBothReasonsInOrder() {
    Verdict verdict = Routes.PACKAGED.route(Routes.refundOf("12.00", "0.41"));

    assertThat(verdict.route()).isEqualTo(Route.ESCALATE);
    assertThat(verdict.reasons())
        .containsExactly(
            new Reason("confidence_too_low", "Confidence 0.41 is below 0.60"),
            new Reason("amount_below_limit", "Amount 12.00 is below the limit of 50.00"));
    ReviewPlan plan = verdict.review().orElseThrow();
    assertThat(plan.role()).isEqualTo(Role.SENIOR_REVIEWER);
    assertThat(plan.escalationPath()).containsExactly(Role.POLICY_OWNER);
  }

  @Test
  void doesNotLetEscalationReplaceTheRightToSpend() {
    ReviewPlan plan =
        Routes.PACKAGED.route(Routes.refundOf("500.01", "0.41")).review().orElseThrow();

    assertThat(plan.role()).isEqualTo(Role.FINANCE_APPROVER);
    assertThat(plan.escalationPath()).containsExactly(Role.POLICY_OWNER);
  }

  @ParameterizedTest
  @CsvSource({"drop_database", "''", "PROCESS_REFUND", "'process_refund '", "${process_refund}"})
  void blocksAnUnknownAction(String action) {
    Verdict verdict =
        Routes.PACKAGED.route(Routes.facts(action, Routes.refund("1.00"), "1", 9, true, 9));

    assertThat(verdict.route()).isEqualTo(Route.BLOCK);
    assertThat(verdict.reasons())
        .containsExactly(new Reason("unknown_action", "The action is not in the manifest"));
    assertThat(verdict.review()).isEmpty();
  }

  @Test
  void blocksWhatPeopleRejectedAMomentAgoWhateverElseHolds() {
    Facts facts = Routes.facts("query_crm", NONE, "1", 3, true, 1);

    Verdict verdict = Routes.PACKAGED.route(facts, new Circumstances(true, List.of(), Totals.NONE));

    assertThat(verdict.route()).isEqualTo(Route.BLOCK);
    assertThat(Routes.rules(verdict)).startsWith("rejected_before");
    assertThat(verdict.review()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "45.00,    4.99,     4.99,     4.99,     4.99, AUTO_APPROVE, amount_below_limit",
    "45.00,    5.00,     5.00,     5.00,     5.00, HUMAN_REVIEW, run_total_needs_review",
    "12.00,    0.00,   488.00,     0.00,   488.00, AUTO_APPROVE, amount_below_limit",
    "12.00,    0.00,   488.01,     0.00,   488.01, HUMAN_REVIEW, run_total_needs_role",
    "12.00,    0.00,     0.00,     0.00, 49988.00, AUTO_APPROVE, amount_below_limit",
    "12.00,    0.00,     0.00,     0.00, 49988.01, HUMAN_REVIEW, day_total_above_limit",
    "12.00,    0.00,     0.00,  2488.00,  2488.00, AUTO_APPROVE, amount_below_limit",
    "12.00,    0.00,     0.00,  2488.01,  2488.01, HUMAN_REVIEW, day_auto_total_above_limit"
  })
  void countsWhatCameBefore(
      String amount,
      BigDecimal runAutoApproved,
      BigDecimal run,
      BigDecimal dayAutoApproved,
      BigDecimal day,
      Route route,
      String rule) {
    Totals before = new Totals(run, runAutoApproved, day, dayAutoApproved);

    Verdict verdict =
        Routes.PACKAGED.route(Routes.refundOf(amount, "0.99"), Circumstances.NONE.with(before));

    assertThat(verdict.route()).isEqualTo(route);
    assertThat(Routes.rules(verdict)).startsWith(rule);
    boolean finance = rule.equals("run_total_needs_role");
    assertThat(verdict.review().stream().flatMap(plan -> plan.stages().stream()))
        .filteredOn(stage -> stage.roles().contains(Role.FINANCE_APPROVER))
        .hasSize(finance ? 1 : 0);
  }

  @Test
  void saysWhichTotalStoppedASmallAmount() {
    Totals before =
        new Totals(
            new BigDecimal("45.00"),
            new BigDecimal("45.00"),
            new BigDecimal("45.00"),
            new BigDecimal("45.00"));

    Verdict verdict =
        Routes.PACKAGED.route(Routes.refundOf("45.00", "0.99"), Circumstances.NONE.with(before));

    assertThat(verdict.reasons())
        .contains(
            new Reason(
                "run_total_needs_review",
                "Without a person, 45.00 would make 90.00 in its run, which is not below 50.00"));
  }

  @ParameterizedTest
  @CsvSource({"0.97, AUTO_APPROVE", "0.90, HUMAN_REVIEW"})
  void letsTheGateDecideASmallAmountThatIsNoLongerSmall(String confidence, Route route) {
    Policy both =
        Routes.load(
            text -> text.replace("      reviewFrom: \"50.00\"", "      autoApproveAtGate: true"));
    Totals before =
        new Totals(
            new BigDecimal("45.00"), new BigDecimal("45.00"), BigDecimal.TEN, BigDecimal.TEN);

    Verdict verdict =
        both.route(Routes.refundOf("45.00", confidence), Circumstances.NONE.with(before));

    assertThat(verdict.route()).isEqualTo(route);
    assertThat(Routes.rules(verdict)).doesNotContain("amount_below_limit");
  }

  @ParameterizedTest
  @CsvSource({
    "HUMAN_REVIEW, 0.99, HUMAN_REVIEW",
    "ESCALATE,     0.99, ESCALATE",
    "HUMAN_REVIEW, 0.41, ESCALATE",
    "BLOCK,        0.99, BLOCK"
  })
  void letsAnOperatorTightenButNeverLoosen(Route wanted, String confidence, Route route) {
    Tightening override = new Tightening(wanted, "the ledger is down");

    Verdict verdict =
        Routes.PACKAGED.route(
            Routes.refundOf("12.00", confidence),
            new Circumstances(false, List.of(override), Totals.NONE));

    assertThat(verdict.route()).isEqualTo(route);
    assertThat(verdict.reasons())
        .contains(new Reason("override", "An operator decided: the ledger is down"));
    assertThat(verdict.review().isPresent()).isEqualTo(route != Route.BLOCK);
  }

  @ParameterizedTest
  @CsvSource({
    "query_crm,           AUTO_APPROVE, AUTONOMOUS",
    "create_ticket,       AUTO_APPROVE, AUTONOMOUS",
    "update_crm_field,    AUTO_APPROVE, LOG_AND_ALERT",
    "provision_server,    HUMAN_REVIEW, PERSON_FIRST",
    "send_customer_email, HUMAN_REVIEW, PERSON_FIRST",
    "amend_contract,      HUMAN_REVIEW, PERSON_FIRST",
    "publish_post,        HUMAN_REVIEW, PERSON_FIRST",
    "delete_records,      HUMAN_REVIEW, PERSON_FIRST"
  })
  void takesTheModeFromSeverityAndReversibility(String action, Route route, Mode mode) {
    Verdict verdict = Routes.PACKAGED.route(Routes.facts(action, NONE, "0.99", 0, false, 0));

    assertThat(verdict.route()).isEqualTo(route);
    assertThat(verdict.mode()).isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource({"12", "'12.0'", "-1.00", "1e1", "'12.00\n'", "twelve", "''"})
  void sendsAnAmountThatCannotBeReadToPeopleWithTheHighestRole(String amount) {
    Verdict verdict = Routes.PACKAGED.route(Routes.refundOf(amount, "0.99"));

    assertThat(verdict.route()).isEqualTo(Route.HUMAN_REVIEW);
    assertThat(Routes.rules(verdict)).startsWith("amount_unreadable");
    assertThat(verdict.review().orElseThrow().role()).isEqualTo(Role.FINANCE_APPROVER);
  }

  @ParameterizedTest
  @CsvSource({
    "LOW, LOW, P3D, 60",
    "NORMAL, NORMAL, P1D, 70",
    "HIGH, HIGH, PT8H, 80",
    "CRITICAL, HIGH, PT8H, 80"
  })
  void capsTheUrgencyAnAgentMayClaim(Urgency claimed, Urgency granted, String limit, int priority) {
    Facts facts =
        new Facts(
            "process_refund",
            Routes.refund("240.00"),
            new BigDecimal("0.72"),
            List.of(),
            false,
            List.of(),
            claimed,
            List.of());

    ReviewPlan plan = Routes.PACKAGED.route(facts).review().orElseThrow();

    assertThat(plan.urgency()).isEqualTo(granted);
    assertThat(plan.limit()).isEqualTo(Duration.parse(limit));
    assertThat(plan.priority()).isEqualTo(priority);
    assertThat(plan.reminders()).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(30));
    assertThat(plan.escalateAfter()).isEqualTo(Duration.ofHours(1));
  }
}
