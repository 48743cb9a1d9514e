package io.countersign.fences;

import java.time.Instant;

/** Trespasses. */
final class ReadsTheWallClock {

  Instant now() {
    return Instant.now();
  }
}
