package io.countersign.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to try again: the ten attempts of Standard Webhooks 1.0.0, over a little more than three
 * days. Each pause is up to a tenth longer, so that receivers which failed together are not all
 * asked again together.
 */
final class RetrySchedule {

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private static final double JITTER = 0.1;
  private static final Duration LONGEST_WISH = Duration.ofHours(24);

  private final RandomGenerator random;

  RetrySchedule(RandomGenerator random) {
    this.random = random;
  }

  /**
   * How long to wait after so many failed attempts; nothing when it is time to give up.
   *
   * @param wish what the receiver asked for, honoured up to a day
   */
  Optional<Duration> pauseAfter(int attempts, Optional<Duration> wish) {
    if (attempts > PAUSES.size()) {
      return Optional.empty();
    }
    Duration pause = PAUSES.get(attempts - 1);
    Duration jitter = Duration.ofMillis((long) (pause.toMillis() * JITTER * random.nextDouble()));
    Duration wished = wish.map(RetrySchedule::capped).orElse(Duration.ZERO);
    Duration planned = pause.plus(jitter);
    return Optional.of(planned.compareTo(wished) >= 0 ? planned : wished);
  }

  private static Duration capped(Duration wish) {
    return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
  }
}
