package io.countersign.review;

import io.countersign.notification.Notices;
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
  private final Notices notices;

  OfferStage(Stages stages, StageHolders holders, TaskFacts facts, Notices notices) {
    this.stages = stages;
    this.holders = holders;
    this.facts = facts;
    this.notices = notices;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Stage stage = stages.carriedBy(execution);
    holders.left(stage);
    facts.offer(stage, execution);
    notices.asked(stage);
  }
}
