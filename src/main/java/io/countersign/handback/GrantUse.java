package io.countersign.handback;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Redemption;
import io.countersign.request.Redemptions;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.json.CanonicalJson;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets an executor use a grant: once, for exactly what was approved, while nobody has called it
 * back.
 *
 * <p>The answer is a promise of one use, not of one execution: the executor that dies after it
 * finds the same answer under the same key, and has to know itself how far it had come.
 */
@Service
public class GrantUse {

  private final GrantVerifier verifier;
  private final ApprovalRequests requests;
  private final Redemptions redemptions;
  private final GrantRelease release;
  private final Clock clock;

  GrantUse(
      GrantVerifier verifier,
      ApprovalRequests requests,
      Redemptions redemptions,
      GrantRelease release,
      Clock clock) {
    this.verifier = verifier;
    this.requests = requests;
    this.redemptions = redemptions;
    this.release = release;
    this.clock = clock;
  }

  /**
   * What an executor is about to do.
   *
   * @param parameters exactly those it will act on
   */
  public record Attempt(String grant, String action, JsonNode parameters, String idempotencyKey) {}

  /** That it may do so, now and only once. */
  public record Redeemed(RequestId requestId, ActionDigest actionDigest, Instant redeemedAt) {}

  /**
   * Uses a grant. The same attempt sent again under its key gets the same answer.
   *
   * @param executor the client that calls
   * @throws Problem if the grant is not ours, for another client or for something else (422), was
   *     used before (409), or is over or called back (410)
   */
  @Transactional
  public Redeemed redeem(String executor, Attempt attempt) {
    GrantClaims claims = verifier.verify(attempt.grant());
    requireMeant(executor, attempt, claims);
    if (!requests.holdKey(executor, attempt.idempotencyKey())) {
      throw new Problem(ProblemType.KEY_IN_USE, "the same attempt is being answered right now");
    }
    ApprovalRequest request = locked(claims);
    Optional<Redemption> earlier = redemptions.of(request);
    if (earlier.isPresent()) {
      return earlier
          .filter(use -> use.isBy(executor, attempt.idempotencyKey()))
          .map(use -> redeemed(request, use))
          .orElseThrow(GrantUse::usedBefore);
    }
    requireFresh(request, claims);
    if (redemptions.isUsed(executor, attempt.idempotencyKey())) {
      throw new Problem(
          ProblemType.KEY_REUSED, "Idempotency-Key", "expected a new key for every grant");
    }
    return redeemed(request, redemptions.redeem(request, executor, attempt.idempotencyKey()));
  }

  private static void requireMeant(String executor, Attempt attempt, GrantClaims claims) {
    if (!claims.audience().equals(executor)) {
      throw new Problem(ProblemType.GRANT_INVALID, "/grant", "it was given for another executor");
    }
    ActionDigest about = CanonicalJson.digest(attempt.action(), attempt.parameters());
    if (!about.equals(claims.actionDigest())) {
      throw new Problem(
          ProblemType.OTHER_ACTION,
          "/parameters",
          "expected the action and the parameters that were approved, to the last byte");
    }
  }

  /** Whoever calls the approval back waits until this use is decided, or comes first. */
  private ApprovalRequest locked(GrantClaims claims) {
    return requests
        .findLocked(claims.request())
        .filter(request -> request.grantId().equals(Optional.of(claims.id())))
        .filter(request -> request.decidedDigest().equals(Optional.of(claims.actionDigest())))
        .orElseThrow(GrantUse::unknown);
  }

  private void requireFresh(ApprovalRequest request, GrantClaims claims) {
    if (!claims.end().isAfter(clock.instant())) {
      throw over("its five minutes are over; the agent finds a new one at its request");
    }
    switch (release.status(request)) {
      case READY -> {}
      case AWAITING_PROOF ->
          throw new Problem(
              ProblemType.UNAVAILABLE, "the published log does not hold the approval yet");
      case NONE -> throw over("the approval was called back");
      case STOPPED -> throw over("an operator has stopped this");
      case ENDED -> throw over("the time in which it could be used is over");
      case REDEEMED -> throw usedBefore();
    }
  }

  private static Redeemed redeemed(ApprovalRequest request, Redemption use) {
    return new Redeemed(request.id(), request.decidedDigest().orElseThrow(), use.redeemedAt());
  }

  private static Problem unknown() {
    return new Problem(ProblemType.GRANT_INVALID, "/grant", "there is no such approval here");
  }

  private static Problem usedBefore() {
    return new Problem(ProblemType.GRANT_REDEEMED, "/grant", "it was used before");
  }

  private static Problem over(String why) {
    return new Problem(ProblemType.GRANT_OVER, "/grant", why);
  }
}
