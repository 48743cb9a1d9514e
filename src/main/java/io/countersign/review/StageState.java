package io.countersign.review;

import io.countersign.request.Stage;
import io.countersign.request.StageStatus;
import io.countersign.request.Vote;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Tells the model of a stage what was said in it; called by the model. Whatever it answers, the
 * outcome of the request is computed from the votes.
 */
@Component
public class StageState {

  private final Stages stages;

  StageState(Stages stages) {
    this.stages = stages;
  }

  /** Whether nobody needs to be asked: the stage is not owed, or was settled before. */
  public boolean isSettled(DelegateExecution execution) {
    return stages.find(execution).isEmpty();
  }

  /** Whether it was decided in a way that lets the chain go on. */
  public boolean letsGoOn(DelegateExecution execution) {
    Stage stage = stages.carriedBy(execution);
    return stage.status() == StageStatus.DECIDED && stage.vote().filter(Vote::letsGoOn).isPresent();
  }

  /** Whether the agent was asked and the clock stands still. */
  public boolean awaitsInformation(DelegateExecution execution) {
    return stages.carriedBy(execution).status() == StageStatus.INFORMATION_REQUESTED;
  }

  /** Whether it was left to somebody else, who is to be asked now. */
  public boolean isOpen(DelegateExecution execution) {
    return stages.carriedBy(execution).status() == StageStatus.OPEN;
  }
}
