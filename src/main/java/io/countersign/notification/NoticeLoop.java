package io.countersign.notification;

import io.countersign.delivery.PostgresListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Works on notices, one after the other, on each node; no two nodes on the same. */
@Component
class NoticeLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(NoticeLoop.class);
  private static final String CHANNEL = "countersign_notice";
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(5);
  private static final int MOST_DOUBLED = 6;

  private final Notices notices;
  private final NoticeQueue queue;
  private final Telling telling;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean running;
  private @Nullable Thread thread;

  NoticeLoop(
      Notices notices,
      NoticeQueue queue,
      Telling telling,
      PlatformTransactionManager transactions,
      PostgresListener listener,
      Clock clock) {
    this.notices = notices;
    this.queue = queue;
    this.telling = telling;
    this.transactions = new TransactionTemplate(transactions);
    this.clock = clock;
    listener.subscribe(CHANNEL, payload -> wakes.release(), wakes::release);
  }

  /** Without a channel there is nothing to do. */
  @Override
  public synchronized void start() {
    if (!running && notices.isOn()) {
      running = true;
      Thread started = new Thread(this::run, "countersign-notices");
      started.setDaemon(true);
      thread = started;
      started.start();
    }
  }

  private void run() {
    while (running) {
      try {
        while (running && workOnNext()) {
          wakes.drainPermits();
        }
      } catch (RuntimeException e) {
        log.warn("cannot look for notices, trying again: {}", e.getMessage());
      }
      await();
    }
  }

  /** Works on one notice; false if none is due. One that fails does not hold up the others. */
  private boolean workOnNext() {
    AtomicReference<@Nullable Notice> taken = new AtomicReference<>();
    try {
      return Objects.requireNonNull(transactions.execute(transaction -> tellNext(taken)));
    } catch (RuntimeException e) {
      Notice failed = taken.get();
      if (failed == null) {
        throw e;
      }
      log.warn("notice {} about {} waits: {}", failed.id(), failed.request(), e.getMessage());
      transactions.executeWithoutResult(
          transaction -> queue.postpone(failed, clock.instant().plus(pauseAfter(failed))));
      return true;
    }
  }

  private boolean tellNext(AtomicReference<@Nullable Notice> taken) {
    Optional<Notice> next = queue.next(clock.instant());
    next.ifPresent(
        notice -> {
          taken.set(notice);
          telling.tell(notice);
          queue.remove(notice);
        });
    return next.isPresent();
  }

  private static Duration pauseAfter(Notice failed) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failed.attempts(), MOST_DOUBLED));
    return pause.compareTo(LAST_PAUSE) < 0 ? pause : LAST_PAUSE;
  }

  private void await() {
    try {
      if (wakes.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    wakes.release();
    try {
      if (thread != null) {
        thread.join(FAREWELL.toMillis());
        thread = null;
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
