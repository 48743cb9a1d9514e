package io.countersign.review;

import io.countersign.shared.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who must not decide one request: the person who answers for the agent, the person it acts for,
 * and everybody to whom one of these, or one of those, handed it on.
 *
 * <p>People are compared by subject. The user name counts only where no subject is known, because
 * Keycloak did not know the name when the request came in: a name can be changed, and given to
 * somebody who has nothing to do with it.
 *
 * @param parties who is behind the request
 * @param handOns who gave it to whom, of all its stages
 */
record FourEyes(List<Party> parties, List<Given> handOns) {

  private static final Reason PARTY =
      new Reason(
          "own_request",
          "You answer for this agent or it acts for you: somebody else has to decide.");
  private static final Reason HANDED =
      new Reason(
          "handed_on_by_requester",
          "Whoever is behind this request handed it on to you: somebody else has to decide.");

  /** Copies what it is given. */
  FourEyes {
    parties = List.copyOf(parties);
    handOns = List.copyOf(handOns);
  }

  /**
   * Somebody behind a request.
   *
   * @param name the user name, as the token or the agent gave it
   * @param subject who had that name when the request came in, if Keycloak knew
   */
  record Party(String name, Optional<String> subject) {
    boolean is(String otherSubject, String otherName) {
      return subject.map(otherSubject::equals).orElseGet(() -> name.equalsIgnoreCase(otherName));
    }
  }

  /** A review given by one subject to another. */
  record Given(String from, String to) {}

  /** Why that person must not decide; nothing if they may. */
  Optional<Reason> refusal(String subject, String username) {
    if (parties.stream().anyMatch(party -> party.is(subject, username))) {
      return Optional.of(PARTY);
    }
    return receivers().contains(subject) ? Optional.of(HANDED) : Optional.empty();
  }

  /** However many hands it went through. */
  private Set<String> receivers() {
    Set<String> excluded = new HashSet<>();
    parties.forEach(party -> party.subject().ifPresent(excluded::add));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Given given : handOns) {
        if (excluded.contains(given.from())) {
          grows |= excluded.add(given.to());
        }
      }
    }
    return excluded;
  }
}
