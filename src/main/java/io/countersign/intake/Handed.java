package io.countersign.intake;

import io.countersign.identity.Caller;
import io.countersign.request.PlanPlace;
import io.countersign.shared.json.CanonicalJson;
import java.util.Optional;
import java.util.UUID;

/**
 * One hand-off: who sent which bytes under which key.
 *
 * @param place where it stands in a plan that came in one hand-off
 */
record Handed(Caller agent, String idempotencyKey, String bodyDigest, Optional<PlanPlace> place) {

  static Handed of(Caller agent, String idempotencyKey, byte[] body) {
    return new Handed(agent, idempotencyKey, CanonicalJson.sha256Hex(body), Optional.empty());
  }

  /** The same hand-off seen from one of its steps; the first step holds the agent's own key. */
  Handed at(UUID plan, int step) {
    // No agent can send a key with a blank in it.
    String key = step == 0 ? idempotencyKey : idempotencyKey + " " + step;
    return new Handed(agent, key, bodyDigest, Optional.of(new PlanPlace(plan, step)));
  }
}
