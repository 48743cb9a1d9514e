package io.countersign.review;

import io.countersign.shared.RequestId;
import io.countersign.shared.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Erases the content of requests that were closed longer ago than {@code countersign.keep-content};
 * nothing if that is not set. The log stays.
 */
@Component
class Retention implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int BATCH = 500;

  private final Erasures erasures;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final @Nullable Duration keep;
  private final Ticker ticker;

  Retention(
      Erasures erasures,
      JdbcClient jdbc,
      Clock clock,
      @Value("${countersign.keep-content:#{null}}") @Nullable Duration keep) {
    this.erasures = erasures;
    this.jdbc = jdbc;
    this.clock = clock;
    this.keep = keep;
    this.ticker =
        new Ticker("countersign-retention", keep == null ? Duration.ZERO : EVERY, this::run);
  }

  /** Erases what is due; how many requests that were. */
  int run() {
    if (keep == null) {
      return 0;
    }
    int erased = 0;
    for (UUID id : due(keep)) {
      erased += erasures.eraseOld(new RequestId(id)) ? 1 : 0;
    }
    if (erased > 0) {
      log.info("The content of {} requests was erased: it was kept long enough.", erased);
    }
    return erased;
  }

  private List<UUID> due(Duration keep) {
    return jdbc.sql(
            "select id from approval_request where erased_at is null and closed_at < ?"
                + " order by closed_at limit ?")
        .params(clock.instant().minus(keep).atOffset(ZoneOffset.UTC), BATCH)
        .query(UUID.class)
        .list();
  }

  @Override
  public void start() {
    ticker.start();
  }

  @Override
  public void stop() {
    ticker.stop();
  }

  @Override
  public boolean isRunning() {
    return ticker.isRunning();
  }
}
