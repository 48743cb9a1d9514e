package io.countersign.review;

import io.countersign.request.ApprovalRequest;
import io.countersign.request.Handover;
import io.countersign.review.FourEyes.Given;
import io.countersign.review.FourEyes.Party;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows who is behind a request. */
final class Requesters {

  private Requesters() {}

  /** Who must not decide that request. */
  static FourEyes of(ApprovalRequest request) {
    return of(request, request.onBehalfOf());
  }

  /** Who must not decide that request, which the agent made for {@code onBehalfOf}. */
  static FourEyes of(ApprovalRequest request, Optional<String> onBehalfOf) {
    Stream<Party> owner =
        request.owner().map(name -> new Party(name, request.ownerSubject())).stream();
    Stream<Party> principal =
        onBehalfOf.map(name -> new Party(name, request.onBehalfOfSubject())).stream();
    return new FourEyes(Stream.concat(owner, principal).toList(), handOns(request));
  }

  private static List<Given> handOns(ApprovalRequest request) {
    return request.handovers().stream().flatMap(handover -> given(handover).stream()).toList();
  }

  private static Optional<Given> given(Handover handover) {
    return handover.recipientSubject().map(to -> new Given(handover.person(), to));
  }
}
