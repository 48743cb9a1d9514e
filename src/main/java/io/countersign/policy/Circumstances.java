package io.countersign.policy;

import io.countersign.shared.Tightening;
import io.countersign.shared.Totals;
import java.util.List;

/**
 * What is known of a proposal beyond its own words.
 *
 * @param rejectedBefore whether people rejected exactly this a short while ago, or in the same run
 * @param overrides what operators tightened
 * @param before what its agent asked for before, this proposal not included
 */
public record Circumstances(boolean rejectedBefore, List<Tightening> overrides, Totals before) {

  /** Nothing came before. */
  public static final Circumstances NONE = new Circumstances(false, List.of(), Totals.NONE);

  /** Takes a copy of the overrides. */
  public Circumstances {
    overrides = List.copyOf(overrides);
  }

  /** The same with these totals. */
  public Circumstances with(Totals totals) {
    return new Circumstances(rejectedBefore, overrides, totals);
  }
}
