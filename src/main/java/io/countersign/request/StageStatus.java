package io.countersign.request;

import io.countersign.shared.WireName;

/** How far a stage has come. */
public enum StageStatus implements WireName {
  OPEN,
  DECIDED,
  EXPIRED;

  /** Whether somebody is still to decide. */
  public boolean isOpen() {
    return this == OPEN;
  }
}
