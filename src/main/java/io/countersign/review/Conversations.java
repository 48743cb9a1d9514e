package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.identity.Caller;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.NotPossibleNow;
import io.countersign.request.OutcomeReport;
import io.countersign.request.Question;
import io.countersign.request.Stage;
import io.countersign.request.Status;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What an agent says after it has proposed: an answer to a question, or that it wants no more. */
@Service
public class Conversations {

  private final ApprovalRequests requests;
  private final RuntimeService runtime;
  private final AuditTrail audit;
  private final Clock clock;

  Conversations(ApprovalRequests requests, RuntimeService runtime, AuditTrail audit, Clock clock) {
    this.requests = requests;
    this.runtime = runtime;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Takes the agent's answer; the clock of the review goes on with the time that was left, and the
   * task returns to the one who asked. The same answer again changes nothing.
   *
   * @throws Problem if there is no such question, or it is answered, or its time is over
   */
  @Transactional
  public void inform(RequestId id, Caller agent, UUID questionId, String answer) {
    ApprovalRequest request = requests.lock(id);
    Question question =
        request.questions().stream()
            .filter(it -> it.id().equals(questionId))
            .findFirst()
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemType.INVALID_BODY,
                        "/questionId",
                        "expected the id of a question of this request"));
    if (question.answer().equals(Optional.of(answer))) {
      return;
    }
    requirePossible(() -> request.inform(question, answer, agent.name(), clock.instant()));
    record("information.given", request, agent, Map.of("question", questionId.toString()));
    tell(question.stage(), ReviewStage.INFORMATION_GIVEN);
  }

  /**
   * Withdraws a request: its tasks vanish, nobody is asked any more. Doing it twice changes
   * nothing.
   *
   * @throws Problem if it is closed in another way
   */
  @Transactional
  public void withdraw(RequestId id, Caller agent, Optional<String> reason) {
    ApprovalRequest request = requests.lock(id);
    if (request.isWithdrawn()) {
      return;
    }
    List<Stage> asked =
        request.stages().stream().filter(stage -> stage.status().isRunning()).toList();
    requirePossible(() -> request.withdraw(reason.orElse(null), clock.instant()));
    record("request.withdrawn", request, agent, Map.of());
    // The chain closes all its stages when the first one tells it.
    asked.stream().findFirst().ifPresent(stage -> tell(stage, ReviewStage.REQUEST_WITHDRAWN));
  }

  /**
   * Takes what is claimed to have become of the action; a rollback that people asked for ends the
   * wait for it. The same report again changes nothing.
   *
   * @throws Problem if the action was never approved
   */
  @Transactional
  public void report(RequestId id, Caller by, OutcomeReport.Claim claim) {
    ApprovalRequest request = requests.lock(id);
    if (!request.status().isApproved() && request.status() != Status.REVOKED) {
      throw new Problem(ProblemType.CONFLICT, "This action was not approved.");
    }
    boolean isNews = requests.addReport(request, by.name(), claim);
    if (isNews && claim.result() == OutcomeReport.Result.ROLLED_BACK) {
      request.stages().stream().filter(this::awaitsRollback).forEach(this::rollbackReported);
    }
  }

  private boolean awaitsRollback(Stage stage) {
    return stage.processInstance().stream()
        .anyMatch(
            instance ->
                runtime
                        .createEventSubscriptionQuery()
                        .processInstanceId(instance)
                        .eventName(ObjectionWindow.ROLLBACK_REPORTED)
                        .count()
                    > 0);
  }

  private void rollbackReported(Stage stage) {
    tell(stage, ObjectionWindow.ROLLBACK_REPORTED);
  }

  private void tell(Stage stage, String message) {
    runtime
        .createMessageCorrelation(message)
        .processInstanceId(stage.processInstance().orElseThrow())
        .correlate();
  }

  private static void requirePossible(Runnable transition) {
    try {
      transition.run();
    } catch (NotPossibleNow refused) {
      throw new Problem(ProblemType.CONFLICT, String.valueOf(refused.getMessage()));
    }
  }

  private void record(
      String type, ApprovalRequest request, Caller agent, Map<String, Object> facts) {
    audit.append(AuditEvent.of(type, request.id(), "agent:" + agent.name(), facts));
  }
}
