package io.countersign.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes what is due and hands it out, with few attempts at a time for each endpoint, so that a slow
 * one holds up nobody else.
 */
class DeliveryDispatcher {

  static final int AT_ONCE = 32;
  static final int AT_ONCE_PER_ENDPOINT = 4;

  /** Well over the time limit of an attempt, so that it runs out only if the node died. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private static final Logger log = LoggerFactory.getLogger(DeliveryDispatcher.class);

  private final DeliveryQueue queue;
  private final DeliveryAttempt attempt;
  private final TransactionOperations transactions;
  private final Executor executor;
  private final Clock clock;
  private final Map<String, Integer> underway = new ConcurrentHashMap<>();

  DeliveryDispatcher(
      DeliveryQueue queue,
      DeliveryAttempt attempt,
      TransactionOperations transactions,
      Executor executor,
      Clock clock) {
    this.queue = queue;
    this.attempt = attempt;
    this.transactions = transactions;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Hands out what is due now.
   *
   * @param afterEach called when an attempt is over and there is room again
   * @return when to look again: now if something was handed out, else when the next attempt is due
   */
  Optional<Instant> dispatch(Runnable afterEach) {
    Instant now = clock.instant();
    Map<String, Instant> next = inTransaction(queue::nextAttempts);
    List<Delivery> taken = take(next, now);
    taken.forEach(delivery -> handOut(delivery, afterEach));
    if (!taken.isEmpty()) {
      return Optional.of(now);
    }
    return next.values().stream().filter(at -> at.isAfter(now)).min(Instant::compareTo);
  }

  private List<Delivery> take(Map<String, Instant> next, Instant now) {
    Map<String, Integer> room = new HashMap<>();
    next.forEach(
        (endpoint, at) -> {
          int free = AT_ONCE_PER_ENDPOINT - underway.getOrDefault(endpoint, 0);
          if (free > 0 && !at.isAfter(now)) {
            room.put(endpoint, free);
          }
        });
    int total = AT_ONCE - underway.values().stream().mapToInt(Integer::intValue).sum();
    if (room.isEmpty() || total <= 0) {
      return List.of();
    }
    return inTransaction(() -> queue.claim(room, total, now, now.plus(LEASE)));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(transaction -> work.get()));
  }

  private void handOut(Delivery delivery, Runnable afterEach) {
    underway.merge(delivery.endpoint(), 1, Integer::sum);
    executor.execute(
        () -> {
          try {
            attempt.make(delivery);
          } catch (RuntimeException e) {
            log.warn(
                "attempt at {} not noted; it is sent again: {}", delivery.id(), e.getMessage());
          } finally {
            underway.computeIfPresent(delivery.endpoint(), (key, n) -> n == 1 ? null : n - 1);
            afterEach.run();
          }
        });
  }
}
