package io.countersign.policy;

import io.countersign.shared.Fallback;
import io.countersign.shared.Role;
import io.countersign.shared.Urgency;
import java.time.Duration;
import java.util.List;

/**
 * How people are asked about one request.
 *
 * @param chain the process that asks them
 * @param limit after which the fallback happens
 * @param reminders each counted from the start, rising, before {@code escalateAfter}
 * @param escalateAfter counted from the start, before {@code limit}
 * @param escalationPath who is asked next, in this order; never empty
 * @param urgency as the manifest caps it
 * @param priority of the task, 0 to 100: consequence and urgency
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
    int priority) {

  /** Takes copies of the lists. */
  public ReviewPlan {
    reminders = List.copyOf(reminders);
    escalationPath = List.copyOf(escalationPath);
  }
}
