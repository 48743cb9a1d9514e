package io.countersign.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells operators that an action was called back and nobody reported its rollback. */
@Component
class AlertMissingRollback implements JavaDelegate {

  private final Stages stages;

  AlertMissingRollback(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void execute(DelegateExecution execution) {
    stages.alertMissingRollback(execution);
  }
}
