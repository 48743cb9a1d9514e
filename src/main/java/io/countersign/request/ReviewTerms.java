package io.countersign.request;

import io.countersign.shared.Fallback;
import io.countersign.shared.Role;
import java.time.Duration;
import java.util.List;

/**
 * The terms under which people are asked, fixed when the action was proposed: a later change of
 * policy does not touch a review that runs.
 *
 * @param chain the process that asks them
 * @param role who is asked first
 * @param limit how long they have
 * @param reminders after how long they are reminded, ascending
 * @param escalateAfter after how long the next role is asked as well
 * @param escalationPath the roles asked then, in order; may be empty
 * @param onExpiry what follows if nobody decides in time
 * @param priority 0 to 100, for the order of task lists
 */
public record ReviewTerms(
    String chain,
    Role role,
    Duration limit,
    List<Duration> reminders,
    Duration escalateAfter,
    List<Role> escalationPath,
    Fallback onExpiry,
    int priority) {

  /** Copies what it is given. */
  public ReviewTerms {
    reminders = List.copyOf(reminders);
    escalationPath = List.copyOf(escalationPath);
  }
}
