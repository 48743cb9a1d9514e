package io.countersign.review;

import io.countersign.request.Stage;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Sets who is asked now, after the stage changed hands or the agent answered. */
@Component
class OfferStage implements JavaDelegate {

  private final Stages stages;
  private final StageHolders holders;
  private final TaskFacts facts;

  OfferStage(Stages stages, StageHolders holders, TaskFacts facts) {
    this.stages = stages;
    this.holders = holders;
    this.facts = facts;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Stage stage = stages.carriedBy(execution);
    holders.left(stage);
    facts.offer(stage, execution);
  }
}
