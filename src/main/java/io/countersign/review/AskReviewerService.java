package io.countersign.review;

import io.countersign.handback.Webhooks;
import io.countersign.request.Stage;
import java.util.Date;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Opens a stage of a registered reviewer and puts the question into the outbox. A service that no
 * operator gave an endpoint cannot be asked: people decide without it.
 */
@Component
class AskReviewerService implements JavaDelegate {

  private final Stages stages;
  private final Webhooks webhooks;

  AskReviewerService(Stages stages, Webhooks webhooks) {
    this.stages = stages;
    this.webhooks = webhooks;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Optional<String> reviewer = stages.reviewerAsked(execution);
    if (reviewer.filter(webhooks::reaches).isPresent()) {
      stages.open(execution).ifPresent(stage -> ask(stage, execution));
    } else if (reviewer.isPresent()) {
      stages.goOnWithout(execution);
    }
  }

  private void ask(Stage stage, DelegateExecution execution) {
    execution.setVariable(ReviewStage.Variables.DEADLINE, Date.from(stage.deadline()));
    webhooks.reviewRequested(stage);
  }
}
