package io.countersign.intake;

import io.countersign.identity.Caller;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Proposal;
import io.countersign.request.Status;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which earlier request an agent may take up again, and how its options have to look. */
@Component
class EarlierRequests {

  private static final Set<Status> TAKEN_UP_AGAIN =
      EnumSet.of(
          Status.REVISION_REQUESTED,
          Status.REJECTED,
          Status.ANSWERED,
          Status.EXPIRED,
          Status.WITHDRAWN);

  private final ApprovalRequests requests;

  EarlierRequests(ApprovalRequests requests) {
    this.requests = requests;
  }

  /**
   * Throws unless the request it revises is its agent's own, of the same action, and closed without
   * an approval. Which of these fails is not told apart: other agents' requests are not there.
   */
  void require(Caller agent, Proposal proposal) {
    String revises = proposal.revises();
    if (revises == null) {
      return;
    }
    boolean possible =
        RequestId.find(revises)
            .flatMap(requests::find)
            .filter(before -> isTakenUpAgain(before, agent, proposal))
            .isPresent();
    if (!possible) {
      throw new Problem(
          ProblemType.INVALID_BODY,
          "/revises",
          "expected the id of an own request for the same action that was closed without an"
              + " approval");
    }
  }

  private static boolean isTakenUpAgain(ApprovalRequest before, Caller agent, Proposal proposal) {
    return before.agent().equals(agent.name())
        && before.action().equals(proposal.action())
        && TAKEN_UP_AGAIN.contains(before.status());
  }
}
