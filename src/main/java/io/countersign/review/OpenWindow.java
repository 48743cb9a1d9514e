package io.countersign.review;

import io.countersign.request.Stage;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Opens the window in which people may object to what policy approved. */
@Component
class OpenWindow implements JavaDelegate {

  private final Stages stages;
  private final TaskFacts facts;

  OpenWindow(Stages stages, TaskFacts facts) {
    this.stages = stages;
    this.facts = facts;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Stage stage = stages.openWindow(execution);
    facts.describe(stage, execution);
    facts.offer(stage, execution);
  }
}
