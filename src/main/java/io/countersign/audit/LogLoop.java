package io.countersign.audit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does something again and again on a thread of its own, sooner when it is woken. */
class LogLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LogLoop.class);

  /** Even when woken: what happens meanwhile is done at once. */
  private static final Duration REST = Duration.ofMillis(50);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final String name;
  private final Supplier<Duration> round;
  private final Semaphore wakes = new Semaphore(0);
  private volatile CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;
  private @Nullable Thread thread;

  /**
   * A loop.
   *
   * @param round does it once and says how long to wait unless somebody wakes it
   */
  LogLoop(String name, Supplier<Duration> round) {
    this.name = name;
    this.round = round;
  }

  void wake() {
    wakes.release();
  }

  @Override
  public synchronized void start() {
    if (!running) {
      running = true;
      stopped = new CountDownLatch(1);
      Thread started = new Thread(this::run, name);
      started.setDaemon(true);
      thread = started;
      started.start();
    }
  }

  private void run() {
    while (running) {
      Duration pause = AFTER_FAILURE;
      try {
        pause = round.get();
      } catch (RuntimeException e) {
        log.warn("{} failed, trying again: {}", name, e.getMessage());
      }
      await(pause);
    }
  }

  private void await(Duration pause) {
    try {
      if (stopped.await(REST.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      if (wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
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
    stopped.countDown();
    wakes.release();
    try {
      if (thread != null) {
        thread.join(FAREWELL.toMillis());
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
