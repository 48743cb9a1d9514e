package io.countersign.shared;

import io.countersign.shared.time.WorkingHours;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How people are asked about one request. Fixed when the action is proposed: a later change of
 * policy does not touch a review that runs.
 *
 * @param chain the process that asks them
 * @param role who is asked first
 * @param limit after which the fallback happens
 * @param reminders each counted from the start, rising, before {@code escalateAfter}
 * @param escalateAfter after which the next role is asked as well, before {@code limit}
 * @param escalationPath the roles asked then, in order
 * @param fallback what follows if nobody decides in time
 * @param urgency as the manifest caps it
 * @param priority 0 to 100, for the order of task lists
 * @param workingHours when the role works, and the time of all of the above passes; none if always
 */
public record ReviewPlan(
    String chain,
    Role role,
    Duration limit,
    List<Duration> reminders,
    Duration escalateAfter,
    List<Role> escalationPath,
    Fallback fallback,
    Urgency urgency,
    int priority,
    @Nullable WorkingHours workingHours) {

  /** Takes copies of the lists. */
  public ReviewPlan {
    reminders = List.copyOf(reminders);
    escalationPath = List.copyOf(escalationPath);
  }

  /** When people asked at the start have no time left. */
  public Instant deadlineFrom(Instant start) {
    return after(start, limit);
  }

  /** When that much of people's time has passed since the start. */
  public Instant after(Instant start, Duration time) {
    return workingHours == null ? start.plus(time) : workingHours.after(start, time);
  }
}
