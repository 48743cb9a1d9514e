package io.countersign.cockpit;

/** What a few observations say of a rate, by Wilson's interval of 95 percent. */
final class Wilson {

  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /** The highest rate that would not surprise; 1 where nothing was observed. */
  static double atMost(long hits, long trials) {
    if (trials == 0) {
      return 1;
    }
    double rate = (double) hits / trials;
    double square = Z * Z / trials;
    double middle = rate + square / 2;
    double reach = Z * Math.sqrt(rate * (1 - rate) / trials + square / trials / 4);
    return Math.min(1, (middle + reach) / (1 + square));
  }
}
