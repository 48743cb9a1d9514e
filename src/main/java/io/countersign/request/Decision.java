package io.countersign.request;

import io.countersign.shared.WireName;

/** What can be said of a request. */
public enum Decision implements WireName {
  APPROVE,
  EDIT,
  REJECT,
  /** Send back: the agent proposes again, linked to this request. */
  REVISE,
  /** Take one of the agent's options. */
  CHOOSE,
  /** Answer the agent's question. */
  ANSWER,
  /** Ask the agent; the clock of the review stands still until it answers. */
  ASK,
  /** Let another role decide. */
  REDIRECT,
  /** Let another person decide. */
  HAND_ON,
  /** Give it back to all who may decide. */
  RETURN,
  /** A registered reviewer has nothing against it. Approves nothing. */
  PASS,
  /** A registered reviewer wants people to look closely. Approves nothing. */
  WARN,
  /** A registered reviewer stops the action. */
  VETO;

  /** Whether it ends the stage; the others leave it to somebody else, or to later. */
  public boolean isVote() {
    return switch (this) {
      case APPROVE, EDIT, REJECT, REVISE, CHOOSE, ANSWER, PASS, WARN, VETO -> true;
      case ASK, REDIRECT, HAND_ON, RETURN -> false;
    };
  }

  /** Whether only a registered reviewer can say it, never a person. */
  public boolean isMachines() {
    return this == PASS || this == WARN || this == VETO;
  }
}
