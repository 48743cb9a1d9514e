package io.countersign.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records that a registered reviewer kept silent; its stage expires, and people decide. */
@Component
class NoteMissingVerdict implements JavaDelegate {

  private final Stages stages;

  NoteMissingVerdict(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void execute(DelegateExecution execution) {
    stages.expire(execution);
  }
}
