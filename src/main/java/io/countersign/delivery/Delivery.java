package io.countersign.delivery;

import io.countersign.shared.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that a sender holds for one attempt.
 *
 * @param stored the body, sealed
 * @param attempts how many were made and told of before
 * @param leasedUntil when others may try, should this sender die
 */
record Delivery(
    String id,
    String endpoint,
    String type,
    Optional<RequestId> request,
    byte[] stored,
    int attempts,
    Instant leasedUntil) {}
