package io.countersign.policy;

import io.countersign.shared.Mode;
import io.countersign.shared.Reason;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Route;
import java.util.List;
import java.util.Optional;

/**
 * What policy says of some facts.
 *
 * @param reasons every rule that matched, those of the route first
 * @param review how people are asked; present for {@code human_review} and {@code escalate} only
 */
public record Verdict(Route route, Mode mode, List<Reason> reasons, Optional<ReviewPlan> review) {

  /** Takes a copy of the reasons. */
  public Verdict {
    reasons = List.copyOf(reasons);
  }
}
