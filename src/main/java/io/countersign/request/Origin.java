package io.countersign.request;

import java.util.Optional;

/**
 * Who handed a proposal in, and under which key.
 *
 * @param agent the client id of the agent
 * @param owner the person who answers for the agent, never among the deciders
 * @param idempotencyKey the agent's own key for this hand-off
 * @param bodyDigest SHA-256 of the body as received, to tell a repetition from another request
 */
public record Origin(
    String agent, Optional<String> owner, String idempotencyKey, String bodyDigest) {}
