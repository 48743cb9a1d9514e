package io.countersign.shared.time;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own, one round at a time. A round that fails is
 * logged, and the next one comes all the same.
 */
public final class Ticker {

  private static final Logger log = LoggerFactory.getLogger(Ticker.class);

  private final String name;
  private final Duration interval;
  private final Runnable round;
  private @Nullable ScheduledExecutorService thread;

  /**
   * A ticker that does not run yet.
   *
   * @param name of its thread
   * @param interval between two rounds, and before the first; zero for no rounds at all
   */
  public Ticker(String name, Duration interval, Runnable round) {
    this.name = name;
    this.interval = interval;
    this.round = round;
  }

  /** Begins. */
  public synchronized void start() {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, name);
              daemon.setDaemon(true);
              return daemon;
            });
    if (!interval.isZero()) {
      thread.scheduleWithFixedDelay(
          this::tick, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    try {
      round.run();
    } catch (RuntimeException e) {
      log.warn("{} failed, trying again: {}", name, e.getMessage());
    }
  }

  /** Ends; a round under way is interrupted. */
  public synchronized void stop() {
    if (thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }

  /** Whether it was started and not stopped. */
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
