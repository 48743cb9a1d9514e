package io.countersign.review;

import static io.countersign.review.ReviewStage.Variables.ACTION;
import static io.countersign.review.ReviewStage.Variables.ACTION_TITLE;
import static io.countersign.review.ReviewStage.Variables.AMOUNT;
import static io.countersign.review.ReviewStage.Variables.DEADLINE;
import static io.countersign.review.ReviewStage.Variables.PRIORITY;
import static io.countersign.review.ReviewStage.Variables.ROLE;
import static io.countersign.review.ReviewStage.Variables.STAGE;

import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Policy;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.RequestViews;
import io.countersign.request.Stage;
import io.countersign.shared.RequestId;
import java.math.BigDecimal;
import java.util.Date;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records the stage as open and sets the facts that task lists are drawn from. */
@Component
class OpenStage implements JavaDelegate {

  private final Stages stages;
  private final RequestViews views;
  private final Policy policy;

  OpenStage(Stages stages, RequestViews views, Policy policy) {
    this.stages = stages;
    this.views = views;
    this.policy = policy;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Stage stage =
        stages.open(
            RequestId.of(execution.getProcessBusinessKey()),
            (String) execution.getVariable(STAGE),
            execution.getProcessInstanceId());
    ApprovalRequest request = stage.request();
    Optional<ActionPolicy> action = policy.find(request.action());
    execution.setVariable(ROLE, stage.role().realmName());
    execution.setVariable(DEADLINE, Date.from(stage.deadline()));
    execution.setVariable(PRIORITY, request.plan().priority());
    execution.setVariable(ACTION, request.action());
    Optional<String> amount =
        action
            .flatMap(it -> it.amount(views.parameters(request, request.actionDigest())))
            .map(BigDecimal::toPlainString);
    amount.ifPresent(exact -> execution.setVariable(AMOUNT, exact));
    execution.setVariable(ACTION_TITLE, title(request, action, amount));
  }

  /** What tells tasks apart in a list without a word of the agent: the action, and how much. */
  private static String title(
      ApprovalRequest request, Optional<ActionPolicy> action, Optional<String> amount) {
    String name = action.map(ActionPolicy::title).orElse(request.action());
    return amount.map(exact -> name + " · " + exact).orElse(name);
  }
}
