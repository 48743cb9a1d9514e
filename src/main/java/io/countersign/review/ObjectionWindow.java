package io.countersign.review;

/** The companion of {@code objection-window.bpmn}: its key, its elements, its messages. */
final class ObjectionWindow {

  static final String KEY = "objection-window";
  static final String OBJECT_TO_ACTION = "UserTask_ObjectToAction";
  static final String AWAIT_ROLLBACK = "ReceiveTask_AwaitRollback";

  static final String ROLLBACK_REPORTED = "rollback-reported";

  private ObjectionWindow() {}
}
