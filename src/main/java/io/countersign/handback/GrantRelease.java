package io.countersign.handback;

import io.countersign.audit.AuditProofs;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.GrantStatus;
import io.countersign.request.Redemptions;
import io.countersign.shared.LogReceipt;
import io.countersign.shared.RequestId;
import io.countersign.shared.Route;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Says whether a grant may be given and used now. What is severe and cannot be undone waits until
 * its approval is in the published log: it is on record before anybody acts on it.
 */
@Component
public class GrantRelease {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Redemptions redemptions;
  private final AuditProofs proofs;

  GrantRelease(Redemptions redemptions, AuditProofs proofs) {
    this.redemptions = redemptions;
    this.proofs = proofs;
  }

  /** Whether the action of a request may be carried out now. */
  public GrantStatus status(ApprovalRequest request) {
    GrantStatus status = redemptions.status(request);
    return status == GrantStatus.READY
            && request.isIrreversibleAndHigh()
            && !proofs.isProven(request.id(), entryOf(request.route()))
        ? GrantStatus.AWAITING_PROOF
        : status;
  }

  /** The same for a request that this transaction stores: nobody can have stopped or used it. */
  public GrantStatus statusOfNew(ApprovalRequest request) {
    if (!request.holdsApproval()) {
      return GrantStatus.NONE;
    }
    return request.isIrreversibleAndHigh() ? GrantStatus.AWAITING_PROOF : GrantStatus.READY;
  }

  /** Waits for the proof of the approval for a moment; to be called outside of transactions. */
  public void awaitProof(RequestId request, Route route) {
    proofs.await(request, entryOf(route), PATIENCE);
  }

  /**
   * How a closed request ended, as the log holds it, with the proof; waits for it for a moment, and
   * is to be called outside of transactions.
   */
  public Optional<LogReceipt> receipt(ApprovalRequest request) {
    String last = lastOf(request);
    proofs.await(request.id(), last, PATIENCE);
    return proofs.receiptFor(request.id(), last);
  }

  private static String lastOf(ApprovalRequest request) {
    if (request.erasedAt().isPresent()) {
      return "request.erased";
    }
    return switch (request.status()) {
      case REVOKED -> "request.revoked";
      case WITHDRAWN -> "request.withdrawn";
      default -> entryOf(request.route());
    };
  }

  /** Which entry says that it was approved. */
  private static String entryOf(Route route) {
    return switch (route) {
      case AUTO_APPROVE, BLOCK -> "request.proposed";
      case HUMAN_REVIEW, ESCALATE -> "request.concluded";
    };
  }
}
