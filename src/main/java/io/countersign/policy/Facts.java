package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.Urgency;
import java.math.BigDecimal;
import java.util.List;

/**
 * What policy looks at when an agent proposes an action.
 *
 * @param confidence from 0 to 1
 * @param recommendedReview whether the agent itself asks for a person
 * @param triggers what the agent, or something on its way, raised about this action
 * @param urgency what the agent claims; the manifest caps it
 * @param sensitive the names of the sensitive texts that were found in it, never the texts
 */
public record Facts(
    String action,
    JsonNode parameters,
    BigDecimal confidence,
    List<String> uncertaintyFactors,
    boolean recommendedReview,
    List<String> triggers,
    Urgency urgency,
    List<String> sensitive) {

  /** Refuses a confidence outside 0 to 1. */
  public Facts {
    if (confidence.signum() < 0 || confidence.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("confidence: expected a number from 0 to 1");
    }
    uncertaintyFactors = List.copyOf(uncertaintyFactors);
    triggers = List.copyOf(triggers);
    sensitive = List.copyOf(sensitive);
  }
}
