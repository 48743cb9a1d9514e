package io.countersign.shared;

/** Who looks in a stage. */
public enum StageKind implements WireName {
  PERSON,
  AI
}
