package io.countersign.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a role, as far as we know.
 *
 * @param people ordered by subject
 * @param asOf when Keycloak said so; nothing if it never answered
 */
public record Members(List<Member> people, Optional<Instant> asOf) {

  /** Copies what it is given. */
  public Members {
    people = List.copyOf(people);
  }

  /** Whether this is Keycloak's word, be it an old one; otherwise the empty list means nothing. */
  public boolean isKnown() {
    return asOf.isPresent();
  }
}
