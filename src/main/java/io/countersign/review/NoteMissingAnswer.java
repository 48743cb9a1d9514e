package io.countersign.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records that the agent did not answer in time; people decide without it. */
@Component
class NoteMissingAnswer implements JavaDelegate {

  private final Stages stages;

  NoteMissingAnswer(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void execute(DelegateExecution execution) {
    stages.leaveUnanswered(execution);
  }
}
