package io.countersign.engine;

import io.countersign.shared.time.ClockOffset;
import io.countersign.shared.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets this node take jobs only while its own clock agrees with the database's. Timers do not need
 * that clock; a node that has a wrong one is ill all the same.
 */
@Component
final class ClockGuard implements SmartLifecycle {

  static final Duration TOLERANCE = Duration.ofSeconds(2);
  private static final Duration INTERVAL = Duration.ofSeconds(3);
  private static final Logger log = LoggerFactory.getLogger(ClockGuard.class);

  private final Supplier<Duration> clock;
  private final Optional<GuardedJobExecutor> jobs;
  private final ApplicationEventPublisher events;

  /** Whoever cannot ask the database keeps to what was known: without it no job is taken anyway. */
  private final Ticker ticker = new Ticker("countersign-clock-guard", INTERVAL, this::check);

  private volatile @Nullable Duration offset;
  private boolean alarmed;

  @Autowired
  ClockGuard(
      ClockOffset clock,
      ObjectProvider<GuardedJobExecutor> jobs,
      ApplicationEventPublisher events) {
    this(clock::measure, Optional.ofNullable(jobs.getIfAvailable()), events);
  }

  ClockGuard(
      Supplier<Duration> clock,
      Optional<GuardedJobExecutor> jobs,
      ApplicationEventPublisher events) {
    this.clock = clock;
    this.jobs = jobs;
    this.events = events;
  }

  /** How far the clock was ahead when last looked at; nothing before that. */
  Optional<Duration> offset() {
    return Optional.ofNullable(offset);
  }

  static boolean isInLine(Duration offset) {
    return offset.abs().compareTo(TOLERANCE) <= 0;
  }

  /** Looks at the clock and lets jobs be taken, or not. */
  synchronized void check() {
    Duration now = clock.get();
    offset = now;
    if (isInLine(now)) {
      jobs.ifPresent(GuardedJobExecutor::allow);
    } else {
      jobs.ifPresent(GuardedJobExecutor::forbid);
    }
    if (alarmed == isInLine(now)) {
      alarmed = !alarmed;
      tell(now);
    }
  }

  private void tell(Duration now) {
    if (alarmed) {
      log.error("The clock of this node is off by {}: it takes no jobs until it is right.", now);
    } else {
      log.info("The clock of this node is right again: it takes jobs.");
    }
    events.publishEvent(
        new NodeClockAlarm(
            jobs.map(GuardedJobExecutor::getLockOwner).orElse("without jobs"), !alarmed, now));
  }

  @Override
  public void start() {
    check();
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
