package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest(name = "after {0} failed attempts")
  @CsvSource({
    "1, PT5S",
    "2, PT5M",
    "3, PT30M",
    "4, PT2H",
    "5, PT5H",
    "6, PT10H",
    "7, PT14H",
    "8, PT20H",
    "9, PT24H"
  })
  void waitsAsStandardWebhooksSays(int attempts, Duration pause) {
    assertThat(schedule(0).pauseAfter(attempts, Optional.empty())).contains(pause);
  }

  @Test
  void givesUpAfterTheTenthAttempt() {
    assertThat(schedule(0).pauseAfter(10, Optional.of(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void addsAtMostATenth() {
    assertThat(schedule(0.5).pauseAfter(2, Optional.empty())).contains(Duration.ofSeconds(315));
    assertThat(schedule(1).pauseAfter(9, Optional.empty()))
        .contains(Duration.ofHours(24).plusMinutes(144));
  }

  @Test
  void grantsTheReceiverALongerPauseButNoShorterOneAndNoneOverADay() {
    assertThat(schedule(0).pauseAfter(1, Optional.of(Duration.ofMinutes(1))))
        .contains(Duration.ofMinutes(1));
    assertThat(schedule(0).pauseAfter(4, Optional.of(Duration.ofSeconds(1))))
        .contains(Duration.ofHours(2));
    assertThat(schedule(0).pauseAfter(1, Optional.of(Duration.ofDays(400))))
        .contains(Duration.ofHours(24));
  }

  @ParameterizedTest(name = "{0} with \"{1}\"")
  @CsvSource({
    "429, 120, PT2M",
    "503, 0, PT0S",
    "503, 'Fri, 02 Jan 2026 03:05:05 GMT', PT1M",
    "502, 7, PT7S",
    "504, 7, PT7S",
    "429, 'Thu, 01 Jan 2026 03:05:05 GMT',",
    "429, soon,",
    "429, -5,",
    "429, 99999999999999999999,",
    "500, 120,",
    "404, 120,",
    "429, ,"
  })
  void readsWhatTheReceiverAskedFor(int status, String header, Duration wait) {
    assertThat(RetryAfter.of(status, Optional.ofNullable(header), NOW))
        .isEqualTo(Optional.ofNullable(wait));
  }

  private static RetrySchedule schedule(double random) {
    return new RetrySchedule(
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new AssertionError("only nextDouble is used");
          }

          @Override
          public double nextDouble() {
            return random;
          }
        });
  }
}
