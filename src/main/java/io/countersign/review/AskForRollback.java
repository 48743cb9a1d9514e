package io.countersign.review;

import static io.countersign.review.ReviewStage.Variables.ROLLBACK_DUE;

import io.countersign.handback.Webhooks;
import io.countersign.request.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Asks the agent, through the outbox, to take back what it did. */
@Component
class AskForRollback implements JavaDelegate {

  /** How long the agent has to report that it is done, before operators are alerted. */
  private static final Duration ROLLBACK_WITHIN = Duration.ofHours(1);

  private final Stages stages;
  private final Webhooks webhooks;
  private final Clock clock;

  AskForRollback(Stages stages, Webhooks webhooks, Clock clock) {
    this.stages = stages;
    this.webhooks = webhooks;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Stage stage = stages.carriedBy(execution);
    execution.setVariable(ROLLBACK_DUE, Date.from(clock.instant().plus(ROLLBACK_WITHIN)));
    webhooks.decided(stage.request());
  }
}
