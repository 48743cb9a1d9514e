package io.countersign.shared.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private long nanos;
  private final Deque<Duration> trips = new ArrayDeque<>();
  private Duration ahead = Duration.ZERO;
  private int asked;

  private final ClockOffset offset =
      new ClockOffset(
          () -> NOON.plusNanos(nanos).plus(ahead),
          () -> {
            asked++;
            Duration half = trips.removeFirst().dividedBy(2);
            nanos += half.toNanos();
            Instant answer = NOON.plusNanos(nanos);
            nanos += half.toNanos();
            return answer;
          },
          () -> nanos);

  @Test
  void doesNotTakeTheWayForAnOffset() {
    assertThat(measured(Duration.ofMillis(80))).isZero();
    assertThat(asked).isOne();
  }

  @Test
  void tellsHowFarTheNodeIsAheadOrBehind() {
    ahead = Duration.ofHours(2);
    assertThat(measured(Duration.ofMillis(2))).isEqualTo(Duration.ofHours(2));
    ahead = Duration.ofHours(-2);
    assertThat(measured(Duration.ofMillis(2))).isEqualTo(Duration.ofHours(-2));
  }

  @Test
  void asksAgainWhenTheAnswerTookLong() {
    ahead = Duration.ofMillis(1);

    Duration measured =
        measured(Duration.ofSeconds(9), Duration.ofMillis(40), Duration.ofMillis(1));

    assertThat(measured).isEqualTo(Duration.ofMillis(1));
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void givesUpAfterThreeLongAnswers() {
    assertThat(measured(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(2)))
        .isZero();
    assertThat(asked).isEqualTo(3);
  }

  private Duration measured(Duration... next) {
    trips.addAll(List.of(next));
    return offset.measure();
  }
}
