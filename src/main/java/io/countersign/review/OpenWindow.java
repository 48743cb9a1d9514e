package io.countersign.review;

import io.countersign.notification.Notices;
import io.countersign.request.Stage;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Opens the window in which people may object to what policy approved. */
@Component
class OpenWindow implements JavaDelegate {

  private final Stages stages;
  private final TaskFacts facts;
  private final Notices notices;

  OpenWindow(Stages stages, TaskFacts facts, Notices notices) {
    this.stages = stages;
    this.facts = facts;
    this.notices = notices;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Stage stage = stages.openWindow(execution);
    facts.describe(stage, execution);
    facts.offer(stage, execution);
    notices.asked(stage);
  }
}
