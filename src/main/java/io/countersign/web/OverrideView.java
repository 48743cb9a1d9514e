package io.countersign.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.request.OperatorOverride;
import io.countersign.request.OperatorOverride.Wish;
import io.countersign.request.OverrideScope;
import io.countersign.shared.Route;
import io.countersign.shared.WireName;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An override as operators read it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OverrideView(
    UUID id,
    State status,
    Map<String, Object> scope,
    Route route,
    String reason,
    Instant until,
    String placedBy,
    Instant placedAt,
    @Nullable String endingReason,
    @Nullable String endingAskedBy,
    @Nullable Instant endingAskedAt,
    @Nullable String endedBy,
    @Nullable Instant endedAt) {

  /** How far it has come. */
  enum State implements WireName {
    IN_FORCE,
    ENDING_ASKED,
    OVER
  }

  static OverrideView of(OperatorOverride override, Instant now) {
    Wish wish = override.wish();
    Object target = wish.scope() == OverrideScope.ALL ? true : wish.target().orElseThrow();
    return new OverrideView(
        override.id(),
        state(override, now),
        Map.of(wish.scope().wire(), target),
        wish.route(),
        wish.reason(),
        wish.until(),
        override.placedBy(),
        override.placedAt(),
        override.endingReason().orElse(null),
        override.endingAskedBy().orElse(null),
        override.endingAskedAt().orElse(null),
        override.endedBy().orElse(null),
        override.endedAt().orElse(null));
  }

  private static State state(OperatorOverride override, Instant now) {
    if (!override.isInForce(now)) {
      return State.OVER;
    }
    return override.endingAskedBy().isPresent() ? State.ENDING_ASKED : State.IN_FORCE;
  }
}
