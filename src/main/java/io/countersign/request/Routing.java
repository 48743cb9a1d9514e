package io.countersign.request;

import io.countersign.shared.Fallback;
import io.countersign.shared.Mode;
import io.countersign.shared.Reason;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import io.countersign.shared.Urgency;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What policy said of a proposal, as the request keeps it.
 *
 * @param severity the action's, nothing for an unknown action
 * @param chain the process that asks people; only for routes that do
 * @param limit how long people have; only for routes that ask them
 * @param onExpiry what follows if nobody decides in time; only for routes that ask people
 * @param headline one line for people, drawn from the typed parameters
 */
public record Routing(
    Route route,
    Mode mode,
    List<Reason> reasons,
    String policyVersion,
    @Nullable Severity severity,
    boolean reversible,
    Urgency urgency,
    Optional<String> chain,
    Optional<Duration> limit,
    Optional<Fallback> onExpiry,
    String headline) {}
