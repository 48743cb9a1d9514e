package io.countersign.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what the {@link Outbox} took.
 *
 * <p><b>When:</b> as soon as the enqueuing transaction has committed, on whichever node is first;
 * should the wake through PostgreSQL fail, within five seconds. <b>How often:</b> at least once. An
 * answer of 2xx ends it, 410 gives up at once, anything else is tried again on the {@link
 * RetrySchedule}; each attempt carries the same id and a new timestamp and signature. <b>What a
 * crash can lose:</b> nothing; a message whose answer was not noted is sent again when its lease of
 * two minutes has run out, so receivers drop what they know by its id. <b>Order:</b> none is
 * promised; receivers compare {@code data.version}. <b>When all attempts failed:</b> the message is
 * kept as {@code given_up}, audited, until an operator sends it anew.
 */
class DeliverySender implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(DeliverySender.class);
  private static final String CHANNEL = "countersign_delivery";
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final DeliveryDispatcher dispatcher;
  private final ExecutorService executor;
  private final Clock clock;
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean running;
  private @Nullable Thread thread;

  DeliverySender(
      DeliveryDispatcher dispatcher,
      ExecutorService executor,
      PostgresListener listener,
      Clock clock) {
    this.dispatcher = dispatcher;
    this.executor = executor;
    this.clock = clock;
    listener.subscribe(CHANNEL, payload -> wakes.release(), wakes::release);
  }

  @Override
  public synchronized void start() {
    if (!running) {
      running = true;
      Thread started = new Thread(this::run, "countersign-delivery");
      started.setDaemon(true);
      thread = started;
      started.start();
    }
  }

  private void run() {
    while (running) {
      Duration pause = POLL;
      try {
        pause = untilNext(dispatcher.dispatch(wakes::release));
      } catch (RuntimeException e) {
        log.warn("cannot look for what is due, trying again: {}", e.getMessage());
      }
      await(pause);
    }
  }

  private Duration untilNext(Optional<Instant> next) {
    Duration until = next.map(at -> Duration.between(clock.instant(), at)).orElse(POLL);
    return until.compareTo(POLL) < 0 ? until : POLL;
  }

  private void await(Duration pause) {
    try {
      if (wakes.tryAcquire(Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  /** Takes nothing more and leaves a moment to attempts that are under way. */
  @Override
  public synchronized void stop() {
    running = false;
    wakes.release();
    executor.shutdown();
    try {
      if (thread != null) {
        thread.join(FAREWELL.toMillis());
      }
      if (!executor.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
