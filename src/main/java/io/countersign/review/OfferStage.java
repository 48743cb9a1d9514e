package io.countersign.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Sets who is asked now, after the stage changed hands or the agent answered. */
@Component
class OfferStage implements JavaDelegate {

  private final Stages stages;
  private final TaskFacts facts;

  OfferStage(Stages stages, TaskFacts facts) {
    this.stages = stages;
    this.facts = facts;
  }

  @Override
  public void execute(DelegateExecution execution) {
    facts.offer(stages.carriedBy(execution), execution);
  }
}
