package io.countersign.review.chaincheck;

import java.util.List;
import java.util.Set;

/**
 * Everything a model may name. A new bean, block or message is one more word here.
 *
 * @param delegates beans that a service task may be
 * @param questions calls that answer yes or no, for conditions; {@code ('…')} takes a name
 * @param collections calls that answer with a list that is never empty, for multi-instance
 * @param completions calls that end a multi-instance early
 * @param deadlines variables or calls that answer with an instant, set from the manifest
 * @param nudges calls that answer with a bounded cycle
 * @param facts variables set by delegates only, for conditions
 * @param messages names that the application correlates
 * @param forms forms that the application ships
 * @param deciding the only user tasks there may be
 */
record Vocabulary(
    Set<String> delegates,
    Set<String> questions,
    Set<String> collections,
    Set<String> completions,
    Set<String> deadlines,
    Set<String> nudges,
    Set<String> facts,
    Set<String> messages,
    Set<String> forms,
    List<DecidingTask> deciding) {

  static final String CONCLUDE = "concludeRequest";
  static final String HAND_BACK = "handBackDecision";
  static final String STAGE_CLOSED = "stage-closed";

  static final Set<String> OUTCOMES =
      Set.of(
          "approved",
          "approved_with_edits",
          "rejected",
          "revision_requested",
          "answered",
          "expired",
          "withdrawn",
          "blocked",
          "revoked");

  static final Set<String> APPROVING = Set.of("approved", "approved_with_edits");

  private static final Vocabulary SHIPPED =
      new Vocabulary(
          Set.of(
              "openStage",
              "openWindow",
              "closeWindow",
              "revokeApproval",
              "askForRollback",
              "alertMissingRollback",
              "askReviewerService",
              "noteMissingVerdict",
              "offerStage",
              "requestInformation",
              "noteMissingAnswer",
              "remindReviewers",
              "escalateStage",
              "expireStage",
              CONCLUDE,
              HAND_BACK),
          Set.of(
              "stageClock.escalationDue(execution)",
              "stageState.isSettled(execution)",
              "stageState.letsGoOn(execution)",
              "stageState.awaitsInformation(execution)",
              "stageState.isOpen(execution)",
              "stagePlan.owes(execution, '…')",
              "stagePlan.reopens(execution)"),
          Set.of("stagePlan.next(execution)", "stagePlan.seats(execution, '…')"),
          Set.of("stagePlan.nobodyAsked(execution)"),
          Set.of("deadline", "informationDue", "rollbackDue"),
          Set.of("stageClock.nudges(execution)"),
          Set.of("action", "amount", "priority", "role"),
          Set.of("information-given", "request-withdrawn", "rollback-reported", "verdict-given"),
          Set.of("embedded:deployment:forms/review-action.html"),
          List.of(
              new DecidingTask("review-stage", "UserTask_ReviewAction", true),
              new DecidingTask("objection-window", "UserTask_ObjectToAction", false)));

  /**
   * A user task in which a person decides.
   *
   * @param process the process that holds it; no chain, so that its ends are no outcomes
   * @param task its element id
   * @param isReview whether to decide in it can be to approve
   */
  record DecidingTask(String process, String task, boolean isReview) {}

  static Vocabulary shipped() {
    return SHIPPED;
  }

  boolean decides(String process, String task) {
    return reviews(process, task) || deciding.contains(new DecidingTask(process, task, false));
  }

  boolean reviews(String process, String task) {
    return deciding.contains(new DecidingTask(process, task, true));
  }

  /** Whether the process has a task of its own, and is no chain. */
  boolean isBlock(String process) {
    return deciding.stream().anyMatch(task -> task.process().equals(process));
  }
}
