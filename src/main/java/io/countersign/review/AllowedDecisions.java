package io.countersign.review;

import static io.countersign.request.Decision.ANSWER;
import static io.countersign.request.Decision.APPROVE;
import static io.countersign.request.Decision.ASK;
import static io.countersign.request.Decision.CHOOSE;
import static io.countersign.request.Decision.EDIT;
import static io.countersign.request.Decision.HAND_ON;
import static io.countersign.request.Decision.REDIRECT;
import static io.countersign.request.Decision.REJECT;
import static io.countersign.request.Decision.RETURN;
import static io.countersign.request.Decision.REVISE;

import io.countersign.request.ApprovalRequest;
import io.countersign.request.Decision;
import io.countersign.request.InteractionPattern;
import io.countersign.request.Proposal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may be said of a request: what its pattern is after, narrowed by its agent if it wishes. An
 * agent can never take away how people stop an action, ask about it, or leave it to others.
 */
final class AllowedDecisions {

  private static final Set<Decision> ALWAYS =
      EnumSet.of(REJECT, REVISE, ASK, REDIRECT, HAND_ON, RETURN);

  private AllowedDecisions() {}

  /**
   * All that may be said.
   *
   * @param narrowed what the agent would like to hear; empty for no such wish
   */
  static Set<Decision> of(InteractionPattern pattern, boolean hasOptions, List<Decision> narrowed) {
    Set<Decision> offered = offered(pattern, hasOptions);
    if (!narrowed.isEmpty()) {
      offered.retainAll(narrowed);
    }
    offered.addAll(ALWAYS);
    return offered;
  }

  private static Set<Decision> offered(InteractionPattern pattern, boolean hasOptions) {
    Set<Decision> offered =
        switch (pattern) {
          case APPROVAL_GATE, QUALITY_REVIEW -> EnumSet.of(APPROVE, EDIT);
          case CLARIFICATION -> EnumSet.of(ANSWER);
          case DECISION_SUPPORT -> EnumSet.of(CHOOSE);
          case EXCEPTION -> EnumSet.of(APPROVE, EDIT, ANSWER);
        };
    if (hasOptions) {
      offered.add(CHOOSE);
    }
    return offered;
  }

  /** All that may be said of that request as it stands; to what runs already, only no. */
  static Set<Decision> of(ApprovalRequest request, boolean hasOptions, List<Decision> narrowed) {
    if (request.isWithinItsWindow()) {
      return EnumSet.of(REJECT);
    }
    return request.status().isOpen()
        ? of(request.pattern(), hasOptions, narrowed)
        : EnumSet.noneOf(Decision.class);
  }

  static void require(ApprovalRequest request, Proposal proposal, Decision decision) {
    Set<Decision> allowed = of(request, !proposal.options().isEmpty(), proposal.allowedDecisions());
    if (!allowed.contains(decision)) {
      throw SubmittedDecision.invalid(
          SubmittedDecision.DECISION,
          "expected one of "
              + allowed.stream().map(Decision::wire).collect(Collectors.joining(", ")));
    }
  }
}
