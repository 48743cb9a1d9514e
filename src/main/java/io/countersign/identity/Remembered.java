package io.countersign.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Keycloak said, kept for a minute. One caller asks anew, the others go on with the old answer
 * meanwhile; so does everybody while Keycloak does not answer, and then it is asked every ten
 * seconds only.
 */
final class Remembered<K, V> {

  private static final Logger log = LoggerFactory.getLogger(Remembered.class);
  private static final Duration KEPT_FOR = Duration.ofSeconds(60);
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(10);

  private final Function<K, V> source;
  private final Clock clock;
  private final Map<K, Answer<V>> answers;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Instant failedAt;

  /**
   * One answer.
   *
   * @param asOf when Keycloak gave it
   */
  record Answer<V>(V value, Instant asOf) {}

  /** Keeps at most that many answers and forgets the one unused for the longest time. */
  Remembered(int most, Clock clock, Function<K, V> source) {
    this.source = source;
    this.clock = clock;
    this.answers =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Answer<V>> eldest) {
            return size() > most;
          }
        };
  }

  /** The answer, at most a minute old if Keycloak speaks; nothing if it never answered. */
  Optional<Answer<V>> get(K key) {
    Answer<V> known = known(key);
    if (known != null && isFresh(known)) {
      return Optional.of(known);
    }
    if (known != null ? !asking.tryLock() : !waitToAsk()) {
      return Optional.ofNullable(known);
    }
    try {
      return Optional.ofNullable(askUnlessDone(key));
    } finally {
      asking.unlock();
    }
  }

  private boolean waitToAsk() {
    asking.lock();
    return true;
  }

  private @Nullable Answer<V> askUnlessDone(K key) {
    Answer<V> known = known(key);
    if (known != null && isFresh(known) || rests()) {
      return known;
    }
    try {
      Answer<V> fresh = new Answer<>(source.apply(key), clock.instant());
      synchronized (answers) {
        answers.put(key, fresh);
      }
      failedAt = null;
      return fresh;
    } catch (KeycloakSilent e) {
      log.warn("{}; going on with what it said last", e.getMessage(), e.getCause());
      failedAt = clock.instant();
      return known;
    }
  }

  private @Nullable Answer<V> known(K key) {
    synchronized (answers) {
      return answers.get(key);
    }
  }

  private boolean isFresh(Answer<V> answer) {
    return isWithin(KEPT_FOR, answer.asOf());
  }

  private boolean rests() {
    Instant failed = failedAt;
    return failed != null && isWithin(REST_AFTER_FAILURE, failed);
  }

  /** A clock that was set back makes everything old. */
  private boolean isWithin(Duration span, Instant since) {
    Duration age = Duration.between(since, clock.instant());
    return !age.isNegative() && age.compareTo(span) < 0;
  }
}
