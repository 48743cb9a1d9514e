package io.countersign.review;

import io.countersign.handback.Webhooks;
import io.countersign.request.Question;
import io.countersign.request.Stage;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Puts the reviewer's question to the agent into the outbox, and sets until when it is awaited. */
@Component
class RequestInformation implements JavaDelegate {

  private final Stages stages;
  private final Webhooks webhooks;

  RequestInformation(Stages stages, Webhooks webhooks) {
    this.stages = stages;
    this.webhooks = webhooks;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Stage stage = stages.carriedBy(execution);
    Question question = Stages.openQuestion(stage);
    execution.setVariable(ReviewStage.Variables.INFORMATION_DUE, Date.from(question.dueAt()));
    webhooks.informationRequested(question);
  }
}
