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
 * @param answerWithin how long the agent has to answer a question; the review's own clock stands
 *     still meanwhile
 * @param assignment how the person is found who is asked first; absent in plans of old
 * @param stages what has to be decided, at least one of them by people
 * @param workingHours when the role works: limit, reminders and escalation pass then; always if
 *     there are none
 * @param signIn what letting it through takes beside the role; nothing if absent
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
    Duration answerWithin,
    AssignmentPlan assignment,
    List<StagePlan> stages,
    @Nullable WorkingHours workingHours,
    @Nullable FreshSignIn signIn) {

  private static final Duration ANSWER_WITHIN = Duration.ofHours(4);

  /** Takes copies of the lists; plans stored before there were stages owe one review. */
  public ReviewPlan {
    reminders = List.copyOf(reminders);
    escalationPath = List.copyOf(escalationPath);
    answerWithin = answerWithin == null ? ANSWER_WITHIN : answerWithin;
    assignment = assignment == null ? AssignmentPlan.QUEUE : assignment;
    stages =
        stages == null
            ? List.of(StagePlan.of(StagePlan.REVIEW, role, escalationPath))
            : List.copyOf(stages);
  }

  /** The same plan with other stages. */
  public ReviewPlan withStages(List<StagePlan> others) {
    return new ReviewPlan(
        chain,
        role,
        limit,
        reminders,
        escalateAfter,
        escalationPath,
        fallback,
        urgency,
        priority,
        answerWithin,
        assignment,
        others,
        workingHours,
        signIn);
  }

  /** When people asked at the start have no time left. */
  public Instant deadlineFrom(Instant start) {
    return after(start, limit);
  }

  /** When that much of people's time has passed since the start. */
  public Instant after(Instant start, Duration time) {
    return workingHours == null ? start.plus(time) : workingHours.after(start, time);
  }

  /** When that much of people's time had still to pass until the end. */
  public Instant before(Instant end, Duration time) {
    return workingHours == null ? end.minus(time) : workingHours.before(end, time);
  }

  /** How much of people's time passes between two instants. */
  public Duration between(Instant start, Instant end) {
    return workingHours == null ? Duration.between(start, end) : workingHours.between(start, end);
  }
}
