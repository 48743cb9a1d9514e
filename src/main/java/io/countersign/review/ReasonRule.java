package io.countersign.review;

import io.countersign.policy.Policy;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Decision;
import org.springframework.stereotype.Component;

/** When a decision needs a reason: always to reject or edit, else where the manifest says so. */
@Component
class ReasonRule {

  private final Policy policy;

  ReasonRule(Policy policy) {
    this.policy = policy;
  }

  boolean isRequired(ApprovalRequest request, Decision decision) {
    return decision != Decision.APPROVE
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
