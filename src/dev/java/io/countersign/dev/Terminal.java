package io.countersign.dev;

import java.io.PrintStream;
import java.time.Duration;

/** Lines for the person at the terminal, each with the time since the start. */
final class Terminal {
  private final PrintStream out;
  private final long start = System.nanoTime();

  Terminal(PrintStream out) {
    this.out = out;
  }

  void progress(String line) {
    out.printf("%4d s  %s%n", seconds(), line);
  }

  void say(String text) {
    out.println(text);
  }

  long seconds() {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }
}
