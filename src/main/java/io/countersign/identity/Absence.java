package io.countersign.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * When somebody is away, and who stands in for them.
 *
 * @param subject who is away
 * @param username what they were called when they said so
 * @param from the first moment of it
 * @param to the first moment after it
 * @param backup who stands in, if anybody
 */
public record Absence(
    String subject, String username, Instant from, Instant to, Optional<Backup> backup) {

  /** Somebody who stands in. */
  public record Backup(String subject, String username) {}

  /**
   * Refuses an absence that ends before it begins, or in which somebody stands in for themselves.
   */
  public Absence {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("an absence ends after it begins");
    }
    if (backup.filter(other -> other.subject().equals(subject)).isPresent()) {
      throw new IllegalArgumentException("nobody stands in for themselves");
    }
  }

  /** Whether the person is away at that moment. */
  public boolean covers(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(to);
  }
}
