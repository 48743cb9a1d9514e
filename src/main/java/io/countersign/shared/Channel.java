package io.countersign.shared;

/** A way in which people are told that something waits for them. */
public enum Channel implements WireName {
  EMAIL,
  /** One message for a whole role, to an address that an operator configured. */
  WEBHOOK
}
