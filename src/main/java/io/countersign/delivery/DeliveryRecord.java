package io.countersign.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.shared.RequestId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message as operators see it: everything but its body. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryRecord(
    String id,
    String endpoint,
    String type,
    @Nullable RequestId requestId,
    DeliveryStatus status,
    int attempts,
    @Nullable Instant nextAttemptAt,
    Instant createdAt,
    @Nullable Instant closedAt,
    @Nullable Integer lastStatus,
    @Nullable String lastError) {}
