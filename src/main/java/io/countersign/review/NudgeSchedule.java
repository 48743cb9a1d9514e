package io.countersign.review;

import io.countersign.shared.ReviewPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When the people who were asked are reminded, and when the next role is asked as well. */
record NudgeSchedule(List<Nudge> nudges) {

  /**
   * One nudge.
   *
   * @param after counted from the opening of the stage
   */
  record Nudge(Duration after, Kind kind) {}

  /** What a nudge does. */
  enum Kind {
    REMINDER,
    ESCALATION
  }

  /** All nudges of a plan that fall before its limit, in order. */
  static NudgeSchedule of(ReviewPlan plan) {
    List<Nudge> nudges = new ArrayList<>();
    plan.reminders().forEach(after -> nudges.add(new Nudge(after, Kind.REMINDER)));
    for (int step = 1; step <= plan.escalationPath().size(); step++) {
      nudges.add(new Nudge(plan.escalateAfter().multipliedBy(step), Kind.ESCALATION));
    }
    nudges.removeIf(nudge -> nudge.after().compareTo(plan.limit()) >= 0);
    nudges.sort(Comparator.comparing(Nudge::after));
    return new NudgeSchedule(List.copyOf(nudges));
  }

  /** The nudge that follows after so many; nothing when all have happened. */
  Optional<Nudge> after(int count) {
    return count < nudges.size() ? Optional.of(nudges.get(count)) : Optional.empty();
  }
}
