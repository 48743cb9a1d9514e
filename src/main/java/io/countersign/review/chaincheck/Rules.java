package io.countersign.review.chaincheck;

/** The rules' names: what a refusal says first, and the lint too where it sees the same. */
final class Rules {

  /** The file is BPMN, and the engine reads it as we do. */
  static final String READABLE = "readable";

  /** Only elements and attributes are used that can do no harm. */
  static final String KNOWN_ELEMENTS = "known-elements";

  /** Service tasks and expressions name known beans and known calls only. */
  static final String KNOWN_BEANS = "known-beans";

  /** Service tasks are delegate expressions: no classes, listeners, connectors, workers. */
  static final String DELEGATES_ONLY = "delegates-only";

  /** No scripts. */
  static final String NO_SCRIPT = "no-script";

  /** No model writes a variable. */
  static final String OUTCOME_FROM_VOTES = "outcome-from-votes";

  /** Deciding, concluding and handing back are one transaction. */
  static final String ONE_TRANSACTION = "one-transaction";

  /** Timers take their time from the manifest, or a length that is written down and sane. */
  static final String KNOWN_TIMERS = "known-timers";

  /** Only listed user tasks decide, and they are offered to the role that policy named. */
  static final String KNOWN_DECISIONS = "known-decisions";

  /** Processes are called by name, from the same deployment, and not in circles. */
  static final String DEPLOYMENT_BINDING = "deployment-binding";

  /** What is called reviews this request and no other. */
  static final String SAME_REQUEST = "same-request";

  /** Every end of a chain is an outcome, and says so in its id and in its name. */
  static final String NAMED_OUTCOMES = "named-outcomes";

  /** A stage that was not approved leaves by this error, and every caller catches it. */
  static final String STAGE_CLOSED = "stage-closed";

  /** One none start in each scope. */
  static final String ONE_START = "one-start";

  /** Every element is reached, and from every element an end. */
  static final String DEAD_ENDS = "dead-ends";

  /** Only exclusive gateways choose, and they have an answer for everything. */
  static final String GATEWAY_ANSWERS = "gateway-answers";

  /** Each parallel gateway's branches are joined one by one. */
  static final String JOINED_BRANCHES = "joined-branches";

  /** What runs beside the main path ends there: it does not ask, conclude or join. */
  static final String SIDE_PATHS = "side-paths";

  /** Nothing waits without a deadline. */
  static final String NO_ORPHAN = "no-orphan";

  /** No path on which only time passes approves. */
  static final String NO_SILENT_APPROVAL = "no-silent-approval";

  /** A request is concluded once, by the chain itself, after all reviews and before every end. */
  static final String CONCLUDED_ONCE = "concluded-once";

  /** The agent is told once, after the conclusion. */
  static final String HANDED_BACK = "handed-back";

  /** What an end says is what the recorded outcome was asked for. */
  static final String ASKS_THE_OUTCOME = "asks-the-outcome";

  /** No approval without a review by people. */
  static final String PERSON_ASKED = "person-asked";

  private Rules() {}
}
