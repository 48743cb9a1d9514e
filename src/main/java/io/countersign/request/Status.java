package io.countersign.request;

import io.countersign.shared.WireName;

/** How far a request has come; once closed it equals the outcome. */
public enum Status implements WireName {
  PENDING,
  APPROVED,
  APPROVED_WITH_EDITS,
  REJECTED,
  EXPIRED,
  BLOCKED;

  /** Whether the outcome is still open. */
  public boolean isOpen() {
    return this == PENDING;
  }

  /** Whether the action, as decided, may be carried out. */
  public boolean isApproved() {
    return this == APPROVED || this == APPROVED_WITH_EDITS;
  }
}
