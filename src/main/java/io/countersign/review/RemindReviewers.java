package io.countersign.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records that those asked were reminded. */
@Component
class RemindReviewers implements JavaDelegate {

  private final Stages stages;
  private final StageHolders holders;

  RemindReviewers(Stages stages, StageHolders holders) {
    this.stages = stages;
    this.holders = holders;
  }

  @Override
  public void execute(DelegateExecution execution) {
    stages.remind(execution);
    holders.nudged(stages.carriedBy(execution));
  }
}
