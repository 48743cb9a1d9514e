package io.countersign.policy;

import io.countersign.shared.Totals;

/**
 * What is known of a proposal beyond its own words: what came before it.
 *
 * @param rejectedBefore whether people rejected exactly this a short while ago, or in the same run
 * @param before what its agent asked for before, this proposal not included
 */
public record Circumstances(boolean rejectedBefore, Totals before) {

  /** Nothing came before. */
  public static final Circumstances NONE = new Circumstances(false, Totals.NONE);

  /** The same with these totals. */
  public Circumstances with(Totals totals) {
    return new Circumstances(rejectedBefore, totals);
  }
}
