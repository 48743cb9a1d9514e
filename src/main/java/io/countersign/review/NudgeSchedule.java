package io.countersign.review;

import io.countersign.request.Stage;
import io.countersign.shared.ReviewPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When the people who were asked are reminded, and when the next role is asked as well.
 *
 * @param reminders instants, rising, all before the deadline
 * @param escalations instants, rising, all before the deadline; one a role of the path
 */
record NudgeSchedule(List<Instant> reminders, List<Instant> escalations, Instant deadline) {

  /** A node's clock may be a little behind the one that set the timer. */
  static final Duration TOLERANCE = Duration.ofSeconds(30);

  private static final Duration NEVER_COMES = Duration.ofDays(1);

  static NudgeSchedule of(Stage stage) {
    return of(stage.request().plan(), stage.openedAt(), stage.deadline());
  }

  static NudgeSchedule of(ReviewPlan plan, Instant opened, Instant deadline) {
    Stream<Duration> escalations =
        IntStream.rangeClosed(1, plan.escalationPath().size())
            .mapToObj(plan.escalateAfter()::multipliedBy);
    return new NudgeSchedule(
        before(deadline, plan.reminders().stream().map(time -> plan.after(opened, time))),
        before(deadline, escalations.map(time -> plan.after(opened, time))),
        deadline);
  }

  private static List<Instant> before(Instant end, Stream<Instant> times) {
    return times.filter(at -> at.isBefore(end)).sorted().toList();
  }

  /** How many roles should have been asked as well by then. */
  int escalationsDueAt(Instant now) {
    Instant soon = now.plus(TOLERANCE);
    return (int) escalations.stream().filter(at -> !at.isAfter(soon)).count();
  }

  /** The first nudge after that instant; past the deadline, one that never comes. */
  Instant nextAfter(Instant now) {
    return Stream.concat(reminders.stream(), escalations.stream())
        .sorted()
        .filter(at -> at.isAfter(now))
        .findFirst()
        .orElseGet(() -> (now.isAfter(deadline) ? now : deadline).plus(NEVER_COMES));
  }

  /**
   * What the engine's timer is to be set to, an ISO 8601 repeating interval with a start. The gap
   * is the one to the nudge after next: should a firing fail, the engine's own follow-up then falls
   * on it.
   */
  String timerAt(Instant now) {
    Instant next = nextAfter(now);
    return "R/" + next + "/" + Duration.between(next, nextAfter(next));
  }
}
