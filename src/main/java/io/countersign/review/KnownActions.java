package io.countersign.review;

import io.countersign.policy.Policy;
import org.springframework.stereotype.Component;

/** Which actions the manifest has. */
@Component
public class KnownActions {

  private final Policy policy;

  KnownActions(Policy policy) {
    this.policy = policy;
  }

  /** Whether the manifest has an action of that name. */
  public boolean isKnown(String action) {
    return policy.find(action).isPresent();
  }
}
