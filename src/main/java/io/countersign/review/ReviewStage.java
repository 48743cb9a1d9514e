package io.countersign.review;

/** The companion of {@code review-stage.bpmn}: its key, its elements, its variables. */
final class ReviewStage {

  static final String KEY = "review-stage";
  static final String REVIEW_ACTION = "UserTask_ReviewAction";
  static final String DEADLINE_PASSED = "BoundaryEvent_DeadlinePassed";
  static final String NUDGE_DUE = "BoundaryEvent_NudgeDue";
  static final String AWAIT_INFORMATION = "ReceiveTask_AwaitInformation";
  static final String INFORMATION_OVERDUE = "BoundaryEvent_InformationOverdue";

  static final String INFORMATION_GIVEN = "information-given";
  static final String REQUEST_WITHDRAWN = "request-withdrawn";

  private ReviewStage() {}

  /** What the engine holds: the request's id and facts for task lists, never content. */
  static final class Variables {
    static final String REQUEST_ID = "requestId";
    static final String STAGE = "stage";
    static final String ROLE = "role";
    static final String ASSIGNEE = "assignee";
    static final String DEADLINE = "deadline";
    static final String INFORMATION_DUE = "informationDue";
    static final String ROLLBACK_DUE = "rollbackDue";
    static final String PRIORITY = "priority";
    static final String ACTION_TITLE = "actionTitle";
    static final String ACTION = "action";
    static final String AMOUNT = "amount";
    static final String OUTCOME = "outcome";

    private Variables() {}
  }
}
