package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.engine.OpenTasks;
import io.countersign.identity.Absence;
import io.countersign.identity.Member;
import io.countersign.notification.Notices;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Stage;
import io.countersign.request.StageLoads;
import io.countersign.review.Assignments.Offer;
import io.countersign.shared.AssignmentMode;
import io.countersign.shared.Reason;
import io.countersign.shared.Role;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives open stages to people, and takes them back from those who are away or stay silent. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
class StageHolders {

  private static final Logger log = LoggerFactory.getLogger(StageHolders.class);
  private static final String SYSTEM = "system";

  private final Assignments assignments;
  private final ApprovalRequests requests;
  private final StageLoads loads;
  private final OpenTasks tasks;
  private final Notices notices;
  private final AuditTrail audit;
  private final Clock clock;

  StageHolders(
      Assignments assignments,
      ApprovalRequests requests,
      StageLoads loads,
      OpenTasks tasks,
      Notices notices,
      AuditTrail audit,
      Clock clock) {
    this.assignments = assignments;
    this.requests = requests;
    this.loads = loads;
    this.tasks = tasks;
    this.notices = notices;
    this.audit = audit;
    this.clock = clock;
  }

  /** Decides who is asked about a stage that was opened just now and has no task yet. */
  void opened(Stage stage) {
    Offer offer = assignments.forStage(stage);
    askFurther(stage, offer);
    offer.person().ifPresent(person -> give(stage, person, offer.reasons()));
  }

  /**
   * Looks for people again where a stage has changed hands; whoever left it does not get it back.
   */
  void left(Stage stage) {
    if (stage.assignee().isEmpty()) {
      askFurther(stage, assignments.forStage(stage));
    }
  }

  /** Looks at a stage whose clock nudges: people go away, and stay silent. */
  void nudged(Stage stage) {
    if (!stage.status().isOpen() || !clock.instant().isBefore(stage.deadline())) {
      return;
    }
    Optional<Absence> away = stage.assignee().flatMap(assignments::absenceOf);
    if (away.isPresent()) {
      replace(stage, away.get());
      return;
    }
    if (isSilent(stage)) {
      giveBack(stage, "holder_silent");
    }
    Offer offer = assignments.forStage(stage);
    askFurther(stage, offer);
    show(stage, offer.further());
  }

  /** Takes everything that somebody holds who is away now to others. */
  void leave(Absence absence) {
    for (StageLoads.Held held : loads.heldBy(absence.username())) {
      Stage stage =
          requests.lock(held.request()).stages().stream()
              .filter(one -> one.id().equals(held.stage()))
              .findFirst()
              .orElseThrow();
      boolean stillHeld = stage.assignee().equals(Optional.of(absence.username()));
      if (stillHeld && stage.status().isOpen()) {
        replace(stage, absence);
        notices.asked(stage);
      }
    }
  }

  /** To the backup or whoever is next, where reviews are given; else back to the role. */
  private void replace(Stage stage, Absence absence) {
    Offer offer = assignments.forStage(stage);
    giveBack(stage, "holder_away");
    askFurther(stage, offer);
    if (stage.request().plan().assignment().mode() == AssignmentMode.LEAST_LOADED) {
      assignments
          .backupOf(absence, stage)
          .ifPresentOrElse(
              backup -> give(stage, backup, List.of(Assignment.BACKUP)),
              () -> offer.person().ifPresent(person -> give(stage, person, offer.reasons())));
    }
    show(stage, offer.further());
  }

  /** Whoever was given a review and says nothing does not keep it longer than a role would. */
  private boolean isSilent(Stage stage) {
    return stage
        .givenAt()
        .map(at -> at.plus(stage.request().plan().escalateAfter()))
        .filter(until -> !until.isAfter(clock.instant().plus(NudgeSchedule.TOLERANCE)))
        .isPresent();
  }

  private void give(Stage stage, Member person, List<Reason> reasons) {
    stage.giveTo(person.username(), clock.instant());
    record("stage.assigned", stage, Map.of("person", person.subject(), "rules", rules(reasons)));
  }

  private void giveBack(Stage stage, String because) {
    stage.assignTo(null);
    record("stage.returned", stage, Map.of("because", because));
  }

  private void askFurther(Stage stage, Offer offer) {
    for (Role role : offer.further()) {
      stage.escalate();
      record(
          "stage.escalated", stage, Map.of("role", role.realmName(), "because", Assignment.NOBODY));
    }
    if (offer.nobody()) {
      record("stage.nobody_available", stage, Map.of("rules", rules(offer.reasons())));
      log.warn(
          "nobody is available for stage {} of {}: it waits until {}",
          stage.name(),
          stage.request().id(),
          stage.deadline());
    }
  }

  private void show(Stage stage, List<Role> further) {
    tasks.offer(stage.processInstance().orElseThrow(), stage.assignee(), further);
  }

  private static List<String> rules(List<Reason> reasons) {
    return reasons.stream().map(Reason::rule).toList();
  }

  private void record(String type, Stage stage, Map<String, Object> facts) {
    Map<String, Object> withStage = new HashMap<>(facts);
    withStage.put("stage", stage.name());
    audit.append(AuditEvent.of(type, stage.request().id(), SYSTEM, withStage));
  }
}
