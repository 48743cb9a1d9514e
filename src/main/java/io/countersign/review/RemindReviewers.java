package io.countersign.review;

import io.countersign.notification.Notices;
import io.countersign.request.Stage;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records that those asked were reminded, and notes that they are to be. */
@Component
class RemindReviewers implements JavaDelegate {

  private final Stages stages;
  private final StageHolders holders;
  private final Notices notices;

  RemindReviewers(Stages stages, StageHolders holders, Notices notices) {
    this.stages = stages;
    this.holders = holders;
    this.notices = notices;
  }

  @Override
  public void execute(DelegateExecution execution) {
    stages.remind(execution);
    Stage stage = stages.carriedBy(execution);
    holders.nudged(stage);
    notices.reminded(stage);
  }
}
