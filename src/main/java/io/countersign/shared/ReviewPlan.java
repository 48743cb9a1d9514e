package io.countersign.shared;

import java.time.Duration;
import java.util.List;

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
 * @param assignment how the person is found who is asked first; absent in plans of old
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
    AssignmentPlan assignment) {

  /** Takes copies of the lists. */
  public ReviewPlan {
    reminders = List.copyOf(reminders);
    escalationPath = List.copyOf(escalationPath);
    assignment = assignment == null ? AssignmentPlan.QUEUE : assignment;
  }
}
