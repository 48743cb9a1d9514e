package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.shared.Mode;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every combination of facts has a route of the table itself, and the route it must have. */
class NoGapTest {

  private static final List<Policy> POLICIES =
      List.of(
          Routes.PACKAGED,
          Routes.load(
              text -> text.replace("conditions:", "conditions:\n      autoApproveAtGate: true")),
          Routes.load(text -> text.replace("      autoApproveBelow: \"50.00\"\n", "")));

  private static final List<String> CONFIDENCES =
      List.of("0", "0.5999", "0.60", "0.9499", "0.95", "1");
  private static final List<String> AMOUNTS =
      List.of("0.00", "49.99", "50.00", "500.00", "500.01", "unreadable");

  @Test
  void everyCombinationOfFactsHasARoute() {
    int combinations = 0;
    for (Policy policy : POLICIES) {
      for (ActionPolicy action : policy.actions()) {
        for (String confidence : CONFIDENCES) {
          combinations += everyDoubt(policy, action, confidence);
        }
      }
    }
    assertThat(combinations).isEqualTo(3 * 9 * 6 * 6 * 3 * 2 * 2);
  }

  private static int everyDoubt(Policy policy, ActionPolicy action, String confidence) {
    int combinations = 0;
    for (String amount : AMOUNTS) {
      for (int factors : List.of(0, 2, 3)) {
        for (boolean asks : List.of(true, false)) {
          for (int raised : List.of(0, 1)) {
            Facts facts =
                Routes.facts(
                    action.name(), Routes.refund(amount), confidence, factors, asks, raised);
            check(action, facts, policy.route(facts));
            combinations++;
          }
        }
      }
    }
    return combinations;
  }

  private static void check(ActionPolicy action, Facts facts, Verdict verdict) {
    assertThat(Routes.rules(verdict)).isNotEmpty().doesNotContain("no_rule_matched");
    boolean doubt = facts.recommendedReview() || !facts.triggers().isEmpty();
    boolean escalates =
        facts.confidence().doubleValue() < 0.6 || facts.uncertaintyFactors().size() > 2;
    if (escalates) {
      assertThat(verdict.route()).as("%s", facts).isEqualTo(Route.ESCALATE);
    } else if (doubt) {
      assertThat(verdict.route()).as("%s", facts).isEqualTo(Route.HUMAN_REVIEW);
    } else if (!action.approvalRequired() && action.severity() == Severity.LOW) {
      assertThat(verdict.route()).as("%s", facts).isEqualTo(Route.AUTO_APPROVE);
    }
    boolean people =
        verdict.route() != Route.AUTO_APPROVE || verdict.mode() == Mode.OBJECTION_WINDOW;
    assertThat(verdict.review().isPresent()).isEqualTo(people);
  }
}
