package io.countersign.review;

import io.countersign.request.ApprovalRequest;
import io.countersign.request.Decision;
import java.util.Optional;

/** What is not decided together with other requests, but on a page of its own. */
public final class BatchRule {

  private BatchRule() {}

  /** Why that cannot be said of this request among others; nothing if it can. */
  public static Optional<String> refusal(ApprovalRequest request, Decision decision) {
    return switch (decision) {
      case REJECT -> Optional.empty();
      case APPROVE -> refusalToApprove(request);
      default -> Optional.of("Together, requests are approved or rejected: open this one.");
    };
  }

  private static Optional<String> refusalToApprove(ApprovalRequest request) {
    if (request.isIrreversibleAndHigh()) {
      return Optional.of("Its consequence is high and cannot be undone: open it to approve it.");
    }
    return request
        .signIn()
        .map(wanted -> "Approving it takes a fresh sign-in: open it to approve it.");
  }
}
