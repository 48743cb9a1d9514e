package io.countersign.shared;

/** How bad the worst case of an action is. */
public enum Severity implements WireName {
  LOW,
  HIGH
}
