package io.countersign.policy;

import java.lang.management.ManagementFactory;

/** Prints the CPU time of a verdict; run by hand, for it measures and proves nothing. */
final class VerdictTimes {

  private static final int ROUNDS = 20_000;

  private VerdictTimes() {}

  /** Prints five lines, of which the last ones are warm. */
  public static void main(String[] arguments) {
    Facts[] facts = {
      Routes.refundOf("12.00", "0.99"),
      Routes.refundOf("240.00", "0.72"),
      Routes.refundOf("900.00", "0.41"),
      Routes.facts("drop_database", Routes.refund("1.00"), "0.99", 0, false, 0)
    };
    var threads = ManagementFactory.getThreadMXBean();
    for (int run = 0; run < 5; run++) {
      long start = threads.getCurrentThreadCpuTime();
      int reasons = 0;
      for (int i = 0; i < ROUNDS; i++) {
        reasons += Routes.PACKAGED.route(facts[i % facts.length]).reasons().size();
      }
      long nanos = threads.getCurrentThreadCpuTime() - start;
      System.out.printf("%.1f µs CPU a verdict (%d reasons)%n", nanos / 1000.0 / ROUNDS, reasons);
    }
  }
}
