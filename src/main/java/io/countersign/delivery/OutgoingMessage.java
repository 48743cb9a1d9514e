package io.countersign.delivery;

import io.countersign.shared.RequestId;
import java.util.Optional;

/**
 * Something to tell an endpoint.
 *
 * @param endpoint the endpoint's id, for example {@code billing-agent/default}
 * @param type what it tells of, for example {@code approval.decided}
 * @param request the request it belongs to
 * @param body the very bytes that are signed and sent
 */
public record OutgoingMessage(
    String endpoint, String type, Optional<RequestId> request, byte[] body) {}
