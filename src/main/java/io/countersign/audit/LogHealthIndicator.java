package io.countersign.audit;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells monitoring whether the log is in doubt. */
@Component("auditLogHealthIndicator")
class LogHealthIndicator implements HealthIndicator {

  private final LogStatus status;

  LogHealthIndicator(LogStatus status) {
    this.status = status;
  }

  @Override
  public Health health() {
    return status
        .reason()
        .map(reason -> Health.down().withDetail("reason", reason).build())
        .orElseGet(() -> Health.up().build());
  }
}
