package io.countersign.request;

import java.util.Optional;

/**
 * Who handed a proposal in, and under which key.
 *
 * @param agent the client id of the agent
 * @param owner the person who answers for the agent, never among the deciders
 * @param ownerSubject the owner's Keycloak subject, where it is known
 * @param onBehalfOfSubject the subject of the person the agent acts for, where it is known
 * @param idempotencyKey the agent's own key for this hand-off
 * @param bodyDigest SHA-256 of the body as received, to tell a repetition from another request
 * @param place where it stands in a plan that came in one hand-off
 */
public record Origin(
    String agent,
    Optional<String> owner,
    Optional<String> ownerSubject,
    Optional<String> onBehalfOfSubject,
    String idempotencyKey,
    String bodyDigest,
    Optional<PlanPlace> place) {

  /** A proposal that came alone. */
  public Origin(
      String agent,
      Optional<String> owner,
      Optional<String> ownerSubject,
      Optional<String> onBehalfOfSubject,
      String idempotencyKey,
      String bodyDigest) {
    this(
        agent,
        owner,
        ownerSubject,
        onBehalfOfSubject,
        idempotencyKey,
        bodyDigest,
        Optional.empty());
  }
}
