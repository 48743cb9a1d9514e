package io.countersign.engine;

import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells monitoring how far this node's clock is off, and that it takes no jobs if that is much. */
@Component
class ClockHealthIndicator implements HealthIndicator {

  private final ClockGuard guard;

  ClockHealthIndicator(ClockGuard guard) {
    this.guard = guard;
  }

  @Override
  public Health health() {
    return guard.offset().map(ClockHealthIndicator::health).orElseGet(() -> Health.down().build());
  }

  private static Health health(Duration offset) {
    return (ClockGuard.isInLine(offset) ? Health.up() : Health.down())
        .withDetail("offsetMillis", offset.toMillis())
        .build();
  }
}
