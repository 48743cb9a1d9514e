package io.countersign.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records that those asked were reminded. */
@Component
class RemindReviewers implements JavaDelegate {

  private final Stages stages;

  RemindReviewers(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void execute(DelegateExecution execution) {
    stages.remind(execution);
  }
}
