package io.countersign.policy;

/**
 * What is known of a proposal beyond its own words: what came before it.
 *
 * @param rejectedBefore whether people rejected exactly this a short while ago, or in the same run
 */
public record Circumstances(boolean rejectedBefore) {

  /** Nothing came before. */
  public static final Circumstances NONE = new Circumstances(false);
}
