package io.countersign.request;

import java.util.Optional;
import java.util.UUID;

/**
 * Who handed a proposal in, and under which key.
 *
 * @param agent the client id of the agent
 * @param owner the person who answers for the agent, never among the deciders
 * @param idempotencyKey the agent's own key for this hand-off
 * @param bodyDigest SHA-256 of the body as received, to tell a repetition from another request
 * @param place where it stands in a plan that came in one hand-off
 */
public record Origin(
    String agent,
    Optional<String> owner,
    String idempotencyKey,
    String bodyDigest,
    Optional<PlanPlace> place) {

  /** A proposal that came alone. */
  public Origin(String agent, Optional<String> owner, String idempotencyKey, String bodyDigest) {
    this(agent, owner, idempotencyKey, bodyDigest, Optional.empty());
  }

  /** The same hand-off seen from one of its steps; the first step holds the agent's own key. */
  public Origin at(UUID plan, int step) {
    // No agent can send a key with a blank in it.
    String key = step == 0 ? idempotencyKey : idempotencyKey + " " + step;
    return new Origin(agent, owner, key, bodyDigest, Optional.of(new PlanPlace(plan, step)));
  }
}
