package io.countersign.policy;

import io.countersign.shared.Mode;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import io.countersign.shared.StagePlan;
import io.countersign.shared.Urgency;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Turns a route to people into who is asked, for how long, and what happens then. */
final class ReviewPlans {

  private static final String OBJECTION_CHAIN = "objection-window";

  private ReviewPlans() {}

  static ReviewPlan of(ActionPolicy action, Facts facts, Circumstances circumstances, Route route) {
    ReviewRules rules = action.review();
    Urgency urgency = capped(facts.urgency(), rules.maxUrgency());
    Duration limit = Objects.requireNonNull(rules.limits().get(urgency));
    Asked asked = asked(action, facts, circumstances, route);
    return new ReviewPlan(
        rules.chain(),
        asked.role(),
        limit,
        rules.reminders(),
        rules.escalateAfter(),
        asked.path(),
        rules.fallback(),
        urgency,
        priority(action, route, urgency),
        rules.answerWithin(),
        rules.assignment(),
        List.of(StagePlan.of(StagePlan.REVIEW, asked.role(), asked.path())),
        rules.workingTime().get(asked.role()),
        rules.signIn().orElse(null));
  }

  /** Under which plan people may object to what policy approved; nothing in other modes. */
  static Optional<ReviewPlan> objectionWindow(ActionPolicy action, Facts facts) {
    ReviewRules rules = action.review();
    Urgency urgency = capped(facts.urgency(), rules.maxUrgency());
    return rules
        .objectionWindow()
        .filter(window -> action.mode() == Mode.OBJECTION_WINDOW)
        .map(
            window ->
                new ReviewPlan(
                    OBJECTION_CHAIN,
                    rules.role(),
                    window,
                    List.of(),
                    window,
                    List.of(),
                    rules.fallback(),
                    urgency,
                    priority(action, Route.AUTO_APPROVE, urgency),
                    rules.answerWithin(),
                    rules.assignment(),
                    List.of(StagePlan.of(StagePlan.OBJECTION, rules.role(), List.of())),
                    rules.workingTime().get(rules.role()),
                    null));
  }

  record Asked(Role role, List<Role> path) {}

  /**
   * The role that a high amount demands is kept when the request is escalated: somebody senior is
   * no substitute for the right to spend. What the same run asked for before counts as well.
   */
  private static Asked asked(
      ActionPolicy action, Facts facts, Circumstances circumstances, Route route) {
    AmountRules.Above above = action.amounts().above().orElse(null);
    BigDecimal amount =
        action.amount(facts.parameters()).map(circumstances.before().run()::add).orElse(null);
    if (above != null && (amount == null || amount.compareTo(above.amount()) > 0)) {
      return new Asked(above.role(), above.escalationPath());
    }
    return usual(action, route);
  }

  /** Who is asked whatever the amount: the usual role, or somebody senior at once. */
  static Asked usual(ActionPolicy action, Route route) {
    List<Role> path = action.review().escalationPath();
    if (route != Route.ESCALATE) {
      return new Asked(action.review().role(), path);
    }
    return new Asked(path.get(0), path.size() > 1 ? path.subList(1, path.size()) : path);
  }

  private static Urgency capped(Urgency claimed, Urgency cap) {
    return claimed.compareTo(cap) > 0 ? cap : claimed;
  }

  private static int priority(ActionPolicy action, Route route, Urgency urgency) {
    int consequence = action.severity() == Severity.HIGH ? 40 : 0;
    int finality = action.reversible() ? 0 : 20;
    int escalated = route == Route.ESCALATE ? 10 : 0;
    return consequence + finality + escalated + haste(urgency);
  }

  private static int haste(Urgency urgency) {
    return switch (urgency) {
      case LOW -> 0;
      case NORMAL -> 10;
      case HIGH -> 20;
      case CRITICAL -> 30;
    };
  }
}
