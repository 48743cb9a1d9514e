package io.countersign.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Calls the approval back: from here on the agent gets no grant for it. */
@Component
class RevokeApproval implements JavaDelegate {

  private final Stages stages;

  RevokeApproval(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void execute(DelegateExecution execution) {
    stages.revoke(execution);
  }
}
