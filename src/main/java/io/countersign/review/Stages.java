package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.notification.Notices;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Question;
import io.countersign.request.Stage;
import io.countersign.shared.RequestId;
import io.countersign.shared.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What happens to a stage other than a decision; always in the engine's transaction. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
class Stages {

  private static final Logger LOG = LoggerFactory.getLogger(Stages.class);
  private static final String SYSTEM = "system";

  private final ApprovalRequests requests;
  private final Notices notices;
  private final AuditTrail audit;
  private final Clock clock;

  Stages(ApprovalRequests requests, Notices notices, AuditTrail audit, Clock clock) {
    this.requests = requests;
    this.notices = notices;
    this.audit = audit;
    this.clock = clock;
  }

  /** Opens the stage that a chain calls; nothing if it is not owed, or settled already. */
  Optional<Stage> open(DelegateExecution execution) {
    ApprovalRequest request = requests.lock(requestId(execution));
    Optional<Stage> owed =
        request.findStage(name(execution)).filter(stage -> !request.isSettled(stage));
    return owed.map(stage -> open(stage, execution.getProcessInstanceId()));
  }

  private Stage open(Stage owed, String processInstance) {
    Stage stage = owed.request().openStage(owed.name(), processInstance, clock.instant());
    record(
        "stage.opened",
        stage,
        Map.of(
            "roles", stage.roles().stream().map(Role::realmName).toList(),
            "round", stage.round(),
            "deadline", stage.deadline().toString()));
    return stage;
  }

  /** Goes on without a registered reviewer that no operator gave an endpoint. */
  void goOnWithout(DelegateExecution execution) {
    ApprovalRequest request = requests.lock(requestId(execution));
    Stage stage = request.stage(name(execution));
    request.goOnWithout(stage, clock.instant());
    record("stage.skipped", stage, Map.of("reviewer", stage.reviewer().orElseThrow()));
  }

  /** The registered reviewer whose turn it is; nothing if its stage is not owed or is settled. */
  Optional<String> reviewerAsked(DelegateExecution execution) {
    ApprovalRequest request = requests.lock(requestId(execution));
    return request
        .findStage(name(execution))
        .filter(stage -> !request.isSettled(stage))
        .flatMap(Stage::reviewer);
  }

  /** Opens the window in which people may object to what policy approved. */
  Stage openWindow(DelegateExecution execution) {
    Stage stage =
        requests
            .lock(requestId(execution))
            .openWindow(execution.getProcessInstanceId(), clock.instant());
    record("window.opened", stage, Map.of("deadline", stage.deadline().toString()));
    return stage;
  }

  /**
   * Closes the window: nobody objected.
   *
   * @throws DeadlineNotReached if, by the database's time, people still have time
   */
  void closeWindow(DelegateExecution execution) {
    Stage stage = locked(execution);
    stage.expire(requireDue(stage));
    record("window.closed", stage, Map.of());
    notices.closed(stage.request());
  }

  /** Calls the approval back because somebody objected. */
  void revoke(DelegateExecution execution) {
    Stage stage = locked(execution);
    stage.request().revoke();
    record("request.revoked", stage, Map.of("action", stage.request().action()));
    notices.closed(stage.request());
  }

  /** Puts on record, and into the operators' log, that no rollback was reported. */
  void alertMissingRollback(DelegateExecution execution) {
    Stage stage = locked(execution);
    LOG.error("no rollback was reported for the revoked {}", stage.request());
    record("alert.rollback_missing", stage, Map.of("action", stage.request().action()));
  }

  void remind(DelegateExecution execution) {
    Stage stage = locked(execution);
    if (clock.instant().isBefore(stage.deadline())) {
      stage.reminded();
      record("stage.reminded", stage, Map.of("reminders", stage.reminders()));
    }
  }

  /** Asks every role whose turn has come, also those whose time passed while no job ran. */
  List<Role> escalate(DelegateExecution execution) {
    Stage stage = locked(execution);
    List<Role> asked = new ArrayList<>();
    while (escalationDue(stage)) {
      stage.escalate().ifPresent(asked::add);
    }
    asked.forEach(role -> record("stage.escalated", stage, Map.of("role", role.realmName())));
    if (!asked.isEmpty() && stage.assignee().isPresent()) {
      stage.assignTo(null);
      record("stage.returned", stage, Map.of());
    }
    return asked;
  }

  /** Whether the next role's turn has come. */
  boolean escalationDue(Stage stage) {
    Instant now = clock.instant();
    return now.isBefore(stage.deadline())
        && NudgeSchedule.of(stage).escalationsDueAt(now) > stage.escalations();
  }

  /**
   * Closes the stage without a decision.
   *
   * @throws DeadlineNotReached if, by the database's time, people still have time
   */
  void expire(DelegateExecution execution) {
    Stage stage = locked(execution);
    Instant now = requireDue(stage);
    stage.expire(now);
    record("stage.expired", stage, Map.of());
  }

  /**
   * Gives up waiting for the agent's answer.
   *
   * @throws DeadlineNotReached if, by the database's time, the agent still has time
   */
  void leaveUnanswered(DelegateExecution execution) {
    Stage stage = locked(execution);
    Instant now = requireDue(stage);
    Question question = openQuestion(stage);
    stage.request().leaveUnanswered(question, now);
    record("information.overdue", stage, Map.of("question", question.id().toString()));
  }

  private Instant requireDue(Stage stage) {
    Instant now = clock.instant();
    if (now.isBefore(stage.clockEnds())) {
      throw new DeadlineNotReached(stage, now);
    }
    return now;
  }

  /** The question that the stage waits for. */
  static Question openQuestion(Stage stage) {
    return stage.request().questions().stream()
        .filter(question -> question.isOpen() && question.stage().equals(stage))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("stage " + stage.name() + " waits for nothing"));
  }

  /** The stage that this execution carries; nothing if it was not owed, or settled already. */
  Optional<Stage> find(DelegateExecution execution) {
    return requests
        .find(requestId(execution))
        .flatMap(request -> request.stageOf(execution.getProcessInstanceId()));
  }

  /** The stage that this execution carries. */
  Stage carriedBy(DelegateExecution execution) {
    return find(execution).orElseThrow(() -> missing(execution));
  }

  private Stage locked(DelegateExecution execution) {
    return requests
        .lockStage(requestId(execution), execution.getProcessInstanceId())
        .orElseThrow(() -> missing(execution));
  }

  private static RequestId requestId(DelegateExecution execution) {
    return RequestId.of(execution.getProcessBusinessKey());
  }

  private static String name(DelegateExecution execution) {
    return (String) execution.getVariable(ReviewStage.Variables.STAGE);
  }

  private static IllegalStateException missing(DelegateExecution execution) {
    return new IllegalStateException(
        "process instance " + execution.getProcessInstanceId() + " has no stage");
  }

  private void record(String type, Stage stage, Map<String, Object> facts) {
    Map<String, Object> withStage = new HashMap<>(facts);
    withStage.put("stage", stage.name());
    audit.append(AuditEvent.of(type, stage.request().id(), SYSTEM, withStage));
  }
}
