package io.countersign.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records that nobody objected in time. */
@Component
class CloseWindow implements JavaDelegate {

  private final Stages stages;

  CloseWindow(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void execute(DelegateExecution execution) {
    stages.closeWindow(execution);
  }
}
