package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Stage;
import io.countersign.shared.RequestId;
import io.countersign.shared.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What happens to a stage other than a decision; always in the engine's transaction. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
class Stages {

  private static final String SYSTEM = "system";

  private final ApprovalRequests requests;
  private final AuditTrail audit;
  private final Clock clock;

  Stages(ApprovalRequests requests, AuditTrail audit, Clock clock) {
    this.requests = requests;
    this.audit = audit;
    this.clock = clock;
  }

  Stage open(RequestId id, String name, String processInstance) {
    ApprovalRequest request = requests.lock(id);
    Stage stage = request.openStage(name, processInstance, clock.instant());
    record(
        "stage.opened",
        stage,
        Map.of("role", stage.role().realmName(), "deadline", stage.deadline().toString()));
    return stage;
  }

  void remind(String processInstance) {
    Stage stage = lockedFor(processInstance);
    if (clock.instant().isBefore(stage.deadline())) {
      stage.reminded();
      record("stage.reminded", stage, Map.of("reminders", stage.reminders()));
    }
  }

  /** Asks every role whose turn has come, also those whose time passed while no job ran. */
  List<Role> escalate(String processInstance) {
    Stage stage = lockedFor(processInstance);
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
  void expire(String processInstance) {
    Stage stage = lockedFor(processInstance);
    Instant now = clock.instant();
    if (now.isBefore(stage.deadline())) {
      throw new DeadlineNotReached(stage, now);
    }
    stage.expire(now);
    record("stage.expired", stage, Map.of());
  }

  /** The stage that a process instance carries. */
  Stage carriedBy(String processInstance) {
    return requests.findStage(processInstance).orElseThrow(() -> missing(processInstance));
  }

  private Stage lockedFor(String processInstance) {
    return requests.lockStage(processInstance).orElseThrow(() -> missing(processInstance));
  }

  private static IllegalStateException missing(String processInstance) {
    return new IllegalStateException("process instance " + processInstance + " has no stage");
  }

  private void record(String type, Stage stage, Map<String, Object> facts) {
    Map<String, Object> withStage = new HashMap<>(facts);
    withStage.put("stage", stage.name());
    audit.append(AuditEvent.of(type, stage.request().id(), SYSTEM, withStage));
  }
}
