package io.countersign.handback;

import io.countersign.delivery.PostgresListener;
import io.countersign.request.ApprovalRequests;
import io.countersign.shared.RequestId;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Lets callers wait for a request to change, whichever node changes it.
 *
 * <p><b>When it fires:</b> once, when the request's version is, or after its commit becomes, higher
 * than the one the caller knows; or when the time is over. <b>How soon:</b> within milliseconds of
 * the commit while PostgreSQL is connected; after a lost connection, as soon as it is back. <b>What
 * may go wrong:</b> a node that is full answers at once, and a caller whose node dies asks again;
 * no change is lost by either, because the version tells what was missed.
 */
@Component
public class LongPoll {

  private static final String CHANNEL = "countersign_request";
  private static final int THREADS = 2;

  private final ApprovalRequests requests;
  private final int maxWaiters;
  private final Map<RequestId, Set<Waiter>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger waiters = new AtomicInteger();
  private final ScheduledThreadPoolExecutor wakers;

  private record Waiter(CompletableFuture<Void> wake, long since) {}

  LongPoll(PostgresListener listener, ApprovalRequests requests, HandbackSettings settings) {
    this.requests = requests;
    this.maxWaiters = settings.maxWaiters();
    this.wakers =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "countersign-wake");
              thread.setDaemon(true);
              return thread;
            });
    wakers.setRemoveOnCancelPolicy(true);
    listener.subscribe(CHANNEL, this::changed, this::recheck);
  }

  /**
   * Completes when the request's version is above {@code since}, or after {@code atMost}; the
   * caller then reads the request again. Whoever stops waiting cancels the future.
   *
   * @param since the version the caller knows
   */
  public CompletableFuture<Void> changed(RequestId id, long since, Duration atMost) {
    CompletableFuture<Void> wake = new CompletableFuture<>();
    if (waiters.incrementAndGet() > maxWaiters) {
      waiters.decrementAndGet();
      wake.complete(null);
      return wake;
    }
    Waiter waiter = new Waiter(wake, since);
    enter(id, waiter);
    Future<?> end =
        wakers.schedule(() -> wake.complete(null), atMost.toMillis(), TimeUnit.MILLISECONDS);
    wake.whenComplete((done, failure) -> leave(id, waiter, end));
    wakeIfChangedBefore(id, waiter);
    return wake;
  }

  /** Looks after the waiter was entered: what changed before was told to nobody. */
  private void wakeIfChangedBefore(RequestId id, Waiter waiter) {
    try {
      if (versionOf(id) > waiter.since()) {
        waiter.wake().complete(null);
      }
    } catch (RuntimeException e) {
      waiter.wake().cancel(false);
      throw e;
    }
  }

  private void enter(RequestId id, Waiter waiter) {
    waiting.compute(
        id,
        (key, set) -> {
          Set<Waiter> known = set == null ? ConcurrentHashMap.newKeySet() : set;
          known.add(waiter);
          return known;
        });
  }

  private void leave(RequestId id, Waiter waiter, Future<?> end) {
    end.cancel(false);
    waiters.decrementAndGet();
    waiting.computeIfPresent(
        id,
        (key, set) -> {
          set.remove(waiter);
          return set.isEmpty() ? null : set;
        });
  }

  private long versionOf(RequestId id) {
    return requests.version(id).orElse(Long.MAX_VALUE);
  }

  private void changed(String payload) {
    RequestId id = new RequestId(UUID.fromString(payload));
    if (waiting.containsKey(id)) {
      wakers.execute(() -> wakeNewer(id));
    }
  }

  private void recheck() {
    for (RequestId id : waiting.keySet()) {
      wakers.execute(() -> wakeNewer(id));
    }
  }

  /** Compares versions, because a notification may tell of a change the caller has seen. */
  private void wakeNewer(RequestId id) {
    Set<Waiter> known = waiting.getOrDefault(id, Set.of());
    if (known.isEmpty()) {
      return;
    }
    long version = versionOf(id);
    for (Waiter waiter : known) {
      if (version > waiter.since()) {
        waiter.wake().complete(null);
      }
    }
  }

  int waiters() {
    return waiters.get();
  }

  @PreDestroy
  void stop() {
    waiting.values().forEach(set -> set.forEach(waiter -> waiter.wake().complete(null)));
    wakers.shutdownNow();
  }
}
