package io.countersign.shared.time;

import java.time.Instant;

/** This node's own clock, which may be wrong: it is read only to learn how wrong. */
@FunctionalInterface
public interface NodeClock {

  /** What it shows now. */
  Instant instant();

  /** The clock of this machine. */
  static NodeClock ofThisMachine() {
    return Instant::now;
  }
}
