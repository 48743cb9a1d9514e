package io.countersign.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.core.task.SyncTaskExecutor;

class ClockGuardTest {

  private Supplier<Duration> clock = () -> Duration.ZERO;
  private final GuardedJobExecutor jobs = new GuardedJobExecutor();
  private final List<Object> alarms = new ArrayList<>();
  private final ClockGuard guard =
      new ClockGuard(() -> clock.get(), Optional.of(jobs), alarms::add);

  ClockGuardTest() {
    jobs.setTaskExecutor(new SyncTaskExecutor());
  }

  @AfterEach
  void stop() {
    jobs.shutdown();
  }

  @Test
  void takesJobsAtBootOnceTheClockWasFoundRight() {
    jobs.start();
    assertThat(jobs.isActive()).as("before anybody looked").isFalse();

    looksAt("PT0.003S");

    assertThat(jobs.isActive()).isTrue();
    assertThat(alarms).isEmpty();
  }

  @Test
  void doesNotStartJobsThatNobodyAskedFor() {
    looksAt("PT0S");

    assertThat(jobs.isActive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT2H", "PT-2H", "PT2.001S", "PT-2.001S"})
  void takesNoJobsWhileTheClockIsOffAndAgainWhenItIsRight(String off) {
    looksAt(off);
    jobs.start();
    assertThat(jobs.isActive()).isFalse();
    looksAt("PT2S");
    assertThat(jobs.isActive()).isTrue();
    looksAt(off);
    assertThat(jobs.isActive()).isFalse();
    looksAt("PT-2S");
    assertThat(jobs.isActive()).isTrue();
  }

  @Test
  void staysStoppedOnceTheApplicationStops() {
    jobs.start();
    looksAt("PT0S");
    jobs.shutdown();

    looksAt("PT5S");
    looksAt("PT0S");

    assertThat(jobs.isActive()).isFalse();
  }

  @Test
  void raisesTheAlarmOnceForEachChange() {
    List.of("PT0S", "PT3S", "PT4S", "PT0S", "PT1S").forEach(this::looksAt);

    assertThat(alarms)
        .containsExactly(
            new NodeClockAlarm(jobs.getLockOwner(), false, Duration.ofSeconds(3)),
            new NodeClockAlarm(jobs.getLockOwner(), true, Duration.ZERO));
  }

  @Test
  void keepsToWhatWasKnownWhileTheDatabaseIsSilent() {
    jobs.start();
    looksAt("PT0S");
    clock =
        () -> {
          throw new IllegalStateException("no answer");
        };

    assertThatThrownBy(guard::check).hasMessage("no answer");

    assertThat(jobs.isActive()).isTrue();
  }

  @Test
  void tellsMonitoringTheOffset() {
    var health = new ClockHealthIndicator(guard);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    looksAt("PT-0.5S");
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    looksAt("PT2H");

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).containsEntry("offsetMillis", 7_200_000L);
  }

  private void looksAt(String offset) {
    clock = () -> Duration.parse(offset);
    guard.check();
  }
}
