package io.countersign.shared;

/** Whether people take reviews themselves, or get them. */
public enum AssignmentMode implements WireName {
  QUEUE,
  LEAST_LOADED
}
