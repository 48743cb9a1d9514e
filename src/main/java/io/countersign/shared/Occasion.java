package io.countersign.shared;

/** Why people are told something about a review. */
public enum Occasion implements WireName {
  ASKED,
  REMINDED,
  ESCALATED
}
