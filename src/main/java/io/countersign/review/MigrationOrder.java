package io.countersign.review;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A migration that one person has asked for and another has to confirm.
 *
 * @param subject the Keycloak subject of who asked, by which people are told apart
 */
public record MigrationOrder(
    UUID id, MigrationWish wish, String reason, String subject, String askedBy, Instant askedAt) {

  /** How long it can be confirmed. */
  public static final Duration HOLDS_FOR = Duration.ofHours(24);

  /** Until when it can be confirmed. */
  public Instant until() {
    return askedAt.plus(HOLDS_FOR);
  }
}
