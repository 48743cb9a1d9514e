package io.countersign.shared;

/** What policy says of a proposal, from the laxest to the most restrictive. */
public enum Route implements WireName {
  AUTO_APPROVE,
  HUMAN_REVIEW,
  ESCALATE,
  BLOCK;

  /** The more restrictive of the two. */
  public Route stricter(Route other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
