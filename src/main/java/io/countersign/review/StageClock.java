package io.countersign.review;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Tells the timers of a stage when they fall due; called by the model. */
@Component
public class StageClock {

  private final Stages stages;
  private final Clock clock;

  StageClock(Stages stages, Clock clock) {
    this.stages = stages;
    this.clock = clock;
  }

  /**
   * When the next reminder or escalation falls due. The engine asks when the stage opens and again
   * each time the timer fires, before anything is done about it.
   */
  public String nudges(DelegateExecution execution) {
    return NudgeSchedule.of(stages.carriedBy(execution)).timerAt(clock.instant());
  }

  /** Whether the nudge that has just fallen due asks the next role, or only reminds. */
  public boolean escalationDue(DelegateExecution execution) {
    return stages.escalationDue(stages.carriedBy(execution));
  }
}
