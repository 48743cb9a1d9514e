package io.countersign.shared;

import java.math.BigDecimal;

/**
 * What an agent has asked for before, in one action and one currency. What was refused does not
 * count.
 *
 * @param run in the same run
 * @param runAutoApproved the part of it that policy approved without people
 * @param day on the same day, in UTC
 * @param dayAutoApproved the part of it that policy approved without people
 */
public record Totals(
    BigDecimal run, BigDecimal runAutoApproved, BigDecimal day, BigDecimal dayAutoApproved) {

  /** Nothing came before. */
  public static final Totals NONE =
      new Totals(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
}
