package io.countersign.shared;

/** The safe thing that happens when nobody decides in time; none of them approves. */
public enum Fallback implements WireName {
  DENY,
  REVERT,
  PAUSE_AND_ALERT
}
