package io.countersign.review;

import io.countersign.request.ApprovalRequest;
import io.countersign.request.HandOns;
import io.countersign.review.FourEyes.Given;
import io.countersign.review.FourEyes.Party;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Knows who is behind a request. */
@Component
class Requesters {

  private final HandOns handOns;

  Requesters(HandOns handOns) {
    this.handOns = handOns;
  }

  /** Who must not decide that request. */
  FourEyes of(ApprovalRequest request) {
    return of(request, request.onBehalfOf());
  }

  /** Who must not decide that request, which the agent made for {@code onBehalfOf}. */
  FourEyes of(ApprovalRequest request, Optional<String> onBehalfOf) {
    List<Given> given =
        handOns.of(request).stream().map(one -> new Given(one.from(), one.to())).toList();
    return new FourEyes(parties(request, onBehalfOf), given);
  }

  private static List<Party> parties(ApprovalRequest request, Optional<String> onBehalfOf) {
    Stream<Party> owner =
        request.owner().map(name -> new Party(name, request.ownerSubject())).stream();
    Stream<Party> principal =
        onBehalfOf.map(name -> new Party(name, request.onBehalfOfSubject())).stream();
    return Stream.concat(owner, principal).toList();
  }
}
