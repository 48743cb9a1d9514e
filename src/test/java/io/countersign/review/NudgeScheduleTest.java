package io.countersign.review;

import static io.countersign.request.Requests.PROPOSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.request.Requests;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.time.WorkingHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NudgeScheduleTest {

  private final NudgeSchedule schedule =
      NudgeSchedule.of(Requests.plan(), PROPOSED, PROPOSED.plus(Duration.ofHours(1)));

  @Test
  void ordersRemindersAndEscalations() {
    assertThat(schedule.nextAfter(PROPOSED)).isEqualTo(minute(5));
    assertThat(schedule.nextAfter(minute(5))).isEqualTo(minute(20));
    assertThat(schedule.nextAfter(minute(20))).isEqualTo(minute(30));
    assertThat(schedule.nextAfter(minute(30))).isEqualTo(minute(40));
  }

  @Test
  void namesATimeThatNeverComesAfterTheLast() {
    assertThat(schedule.nextAfter(minute(40))).isEqualTo(minute(60).plus(Duration.ofDays(1)));
    assertThat(schedule.nextAfter(minute(90))).isAfter(minute(90));
  }

  @Test
  void tellsTheEngineTheNextTimeAndTheGapAfterIt() {
    assertThat(schedule.timerAt(PROPOSED)).isEqualTo("R/2026-03-02T09:05:00Z/PT15M");
  }

  @Test
  void countsEscalationsThatAreDueAlsoForASlightlySlowClock() {
    assertThat(schedule.escalationsDueAt(minute(19))).isZero();
    assertThat(schedule.escalationsDueAt(minute(20).minusSeconds(30))).isEqualTo(1);
    assertThat(schedule.escalationsDueAt(minute(41))).isEqualTo(2);
  }

  @Test
  void leavesOutWhatWouldFallOnTheDeadlineOrAfterIt() {
    NudgeSchedule hurried =
        NudgeSchedule.of(Requests.plan(), PROPOSED, PROPOSED.plus(Duration.ofMinutes(20)));

    assertThat(hurried.reminders()).containsExactly(minute(5));
    assertThat(hurried.escalations()).isEmpty();
  }

  @Test
  void countsInTheWorkingTimeOfTheRole() {
    WorkingHours mornings =
        new WorkingHours(
            ZoneOffset.UTC,
            EnumSet.allOf(DayOfWeek.class),
            LocalTime.of(8, 0),
            LocalTime.of(9, 10),
            Set.of());
    ReviewPlan plan = Requests.plan(mornings);

    NudgeSchedule slow = NudgeSchedule.of(plan, PROPOSED, plan.deadlineFrom(PROPOSED));

    Instant nextMorning = PROPOSED.plus(Duration.ofHours(23));
    assertThat(slow.reminders())
        .containsExactly(minute(5), nextMorning.plus(Duration.ofMinutes(20)));
    assertThat(slow.escalations())
        .containsExactly(
            nextMorning.plus(Duration.ofMinutes(10)), nextMorning.plus(Duration.ofMinutes(30)));
    assertThat(slow.deadline()).isEqualTo(nextMorning.plus(Duration.ofMinutes(50)));
  }

  private static Instant minute(int minutes) {
    return PROPOSED.plus(Duration.ofMinutes(minutes));
  }
}
