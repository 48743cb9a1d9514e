package io.countersign.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records the stage as open and sets the facts that task lists are drawn from. */
@Component
class OpenStage implements JavaDelegate {

  private final Stages stages;
  private final StageHolders holders;
  private final TaskFacts facts;

  OpenStage(Stages stages, StageHolders holders, TaskFacts facts) {
    this.stages = stages;
    this.holders = holders;
    this.facts = facts;
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
            });
  }
}
