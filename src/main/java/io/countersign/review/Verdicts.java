package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.identity.Caller;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Decision;
import io.countersign.request.Stage;
import io.countersign.request.Vote;
import io.countersign.request.Vote.Ballot;
import io.countersign.request.Vote.Voter;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.Role;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What registered reviewers say of the requests they were asked about. None of it approves. */
@Service
public class Verdicts {

  private final ApprovalRequests requests;
  private final RuntimeService runtime;
  private final AuditTrail audit;
  private final Clock clock;

  Verdicts(ApprovalRequests requests, RuntimeService runtime, AuditTrail audit, Clock clock) {
    this.requests = requests;
    this.runtime = runtime;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * One verdict as it came in.
   *
   * @param stage the stage that the service was asked in
   * @param digest the action that it looked at
   * @param verdict one of those that only machines say
   */
  public record Given(String stage, ActionDigest digest, Decision verdict, Optional<String> note) {

    private boolean repeats(Vote vote) {
      return vote.decision() == verdict
          && vote.digest().equals(digest)
          && vote.reason().equals(note);
    }
  }

  /**
   * Takes a verdict; the chain goes on to people, or ends at a veto. The same verdict again changes
   * nothing.
   *
   * @throws Problem if the service was not asked there, spoke already, came late, or looked at
   *     something else than what is proposed now
   */
  @Transactional
  public void give(RequestId id, Caller service, Given given) {
    ApprovalRequest request = requests.lock(id);
    Stage stage =
        request
            .findStage(given.stage())
            .filter(it -> Visibility.wasAsked(service, it))
            .orElseThrow(Verdicts::notAsked);
    if (stage.vote().filter(given::repeats).isPresent()) {
      return;
    }
    Instant now = clock.instant();
    requireOpen(stage, now);
    requireCurrent(request, given);
    Voter voter = new Voter(service.subject(), service.name(), Role.AI_REVIEWER);
    stage.decide(voter, Ballot.of(given.verdict(), given.digest(), given.note().orElse(null)), now);
    record(stage, service, given);
    runtime
        .createMessageCorrelation(AiReview.VERDICT_GIVEN)
        .processInstanceId(stage.processInstance().orElseThrow())
        .correlate();
  }

  private static Problem notAsked() {
    return new Problem(ProblemType.NOT_FOUND, "there is no stage of that name that asks you");
  }

  /** The timer that lets the chain go on may be a moment late; the deadline is not. */
  private static void requireOpen(Stage stage, Instant now) {
    if (!stage.status().isOpen()) {
      throw new Problem(
          ProblemType.CONFLICT, "this stage is closed already: it was " + stage.status().wire());
    }
    if (!now.isBefore(stage.deadline())) {
      throw new Problem(ProblemType.CONFLICT, "the time for this verdict is over");
    }
  }

  private static void requireCurrent(ApprovalRequest request, Given given) {
    if (!given.digest().equals(request.currentDigest())) {
      throw new Problem(
          ProblemType.CONFLICT,
          "/actionDigest",
          "expected the digest of what is proposed now; read the request again");
    }
  }

  private void record(Stage stage, Caller service, Given given) {
    audit.append(
        AuditEvent.of(
            "verdict.given",
            stage.request().id(),
            "reviewer:" + service.name(),
            Map.of(
                "stage", stage.name(),
                "verdict", given.verdict().wire(),
                "shownDigest", given.digest())));
  }
}
