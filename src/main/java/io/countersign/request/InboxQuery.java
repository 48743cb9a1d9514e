package io.countersign.request;

import io.countersign.shared.Role;
import io.countersign.shared.Severity;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What somebody who decides is after.
 *
 * @param person whose inbox
 * @param held only what they hold, or only what nobody holds; without it, both
 * @param after only what comes after this place (keyset paging)
 * @param limit at most this many
 */
public record InboxQuery(
    Person person,
    Optional<String> action,
    Optional<Severity> severity,
    Optional<Held> held,
    Optional<Place> after,
    int limit) {

  /**
   * Somebody who looks at their inbox.
   *
   * @param roles those that can be asked for decisions
   */
  public record Person(String subject, String name, Set<Role> roles) {}

  /** By whom a review is held. */
  public enum Held {
    ME,
    NOBODY
  }

  /**
   * Where a review stands: most consequential first, then what is due first.
   *
   * @param rank 0 is the gravest, 3 the least grave
   */
  public record Place(int rank, Instant deadline, UUID stage) {}
}
