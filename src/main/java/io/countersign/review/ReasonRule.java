package io.countersign.review;

import io.countersign.policy.Policy;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Decision;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * When a decision needs a reason: always to stop or change an action, else as the manifest says.
 */
@Component
class ReasonRule {

  private static final Set<Decision> BY_ITS_NATURE =
      EnumSet.of(Decision.EDIT, Decision.REJECT, Decision.REVISE);

  private final Policy policy;

  ReasonRule(Policy policy) {
    this.policy = policy;
  }

  boolean isRequired(ApprovalRequest request, Decision decision) {
    return BY_ITS_NATURE.contains(decision)
        || policy
            .find(request.action())
            .filter(action -> action.reasonRequired(decision.wire()))
            .isPresent();
  }

  void require(ApprovalRequest request, SubmittedDecision submitted) {
    if (submitted.reason().isEmpty() && isRequired(request, submitted.decision())) {
      throw SubmittedDecision.invalid(
          SubmittedDecision.REASON,
          "expected a reason to " + submitted.decision().wire() + "; the agent learns from it");
    }
  }
}
