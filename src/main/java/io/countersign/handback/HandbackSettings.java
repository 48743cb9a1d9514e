package io.countersign.handback;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What operators write under {@code countersign.handback}.
 *
 * @param maxWaiters how many agents may wait on this node at a time; the rest are answered at once
 */
@ConfigurationProperties("countersign.handback")
record HandbackSettings(@DefaultValue("2000") int maxWaiters) {

  HandbackSettings {
    if (maxWaiters < 0) {
      throw new IllegalArgumentException(
          "countersign.handback.max-waiters: expected 0 or more, found " + maxWaiters);
    }
  }
}
