package io.countersign.review;

import io.countersign.notification.Notices;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records the stage as open and sets the facts that task lists are drawn from. */
@Component
class OpenStage implements JavaDelegate {

  private final Stages stages;
  private final StageHolders holders;
  private final TaskFacts facts;
  private final Notices notices;

  OpenStage(Stages stages, StageHolders holders, TaskFacts facts, Notices notices) {
    this.stages = stages;
    this.holders = holders;
    this.facts = facts;
    this.notices = notices;
  }

  @Override
  public void execute(DelegateExecution execution) {
    stages
        .open(execution)
        .ifPresent(
            stage -> {
              holders.opened(stage);
              facts.describe(stage, execution);
              facts.offer(stage, execution);
              notices.asked(stage);
            });
  }
}
