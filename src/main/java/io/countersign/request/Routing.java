package io.countersign.request;

import io.countersign.shared.Mode;
import io.countersign.shared.Reason;
import io.countersign.shared.ReviewPlan;
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
 * @param review the plan under which people are asked; only for routes that ask them
 * @param execution nothing for an unknown action
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
    Optional<ReviewPlan> review,
    Optional<Execution> execution,
    String headline) {

  /**
   * Who may carry the action out once it is approved, and how long after that.
   *
   * @param executor the client that the manifest names: the audience of the grants
   * @param redeemWithin whole seconds
   */
  public record Execution(String executor, Duration redeemWithin) {}
}
