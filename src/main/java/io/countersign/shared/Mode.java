package io.countersign.shared;

/** How people take part in an action of a given severity and reversibility. */
public enum Mode implements WireName {
  PERSON_FIRST,
  OBJECTION_WINDOW,
  LOG_AND_ALERT,
  AUTONOMOUS
}
