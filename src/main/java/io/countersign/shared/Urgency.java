package io.countersign.shared;

/** How soon the agent needs an answer; the manifest caps what an agent may claim. */
public enum Urgency implements WireName {
  LOW,
  NORMAL,
  HIGH,
  CRITICAL
}
