package io.countersign.request;

import io.countersign.shared.WireName;

/** How far a stage has come. */
public enum StageStatus implements WireName {
  /** Owed, its turn has not come. */
  WAITING,
  OPEN,
  /** The agent owes an answer; the clock of the review stands still. */
  INFORMATION_REQUESTED,
  DECIDED,
  /** The request was decided without it. */
  SKIPPED,
  EXPIRED,
  WITHDRAWN;

  /** Whether somebody can decide now. */
  public boolean isOpen() {
    return this == OPEN;
  }

  /** Whether it has been asked and has not ended: exactly these have a clock. */
  public boolean isRunning() {
    return this == OPEN || this == INFORMATION_REQUESTED;
  }
}
