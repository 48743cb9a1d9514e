package io.countersign.request;

import io.countersign.shared.WireName;

/** How far a request has come; once closed it equals the outcome. */
public enum Status implements WireName {
  PENDING,
  /** The agent owes an answer. */
  INFORMATION_REQUESTED,
  APPROVED,
  APPROVED_WITH_EDITS,
  REJECTED,
  REVISION_REQUESTED,
  ANSWERED,
  EXPIRED,
  WITHDRAWN,
  BLOCKED,
  /** Approved, then called back within the objection window. */
  REVOKED;

  /** Whether the outcome is still open. */
  public boolean isOpen() {
    return this == PENDING || this == INFORMATION_REQUESTED;
  }

  /** Whether the action, as decided, may be carried out. */
  public boolean isApproved() {
    return this == APPROVED || this == APPROVED_WITH_EDITS;
  }
}
