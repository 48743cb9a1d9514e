package io.countersign.review;

import static io.countersign.review.ReviewStage.Variables.ACTION;
import static io.countersign.review.ReviewStage.Variables.ACTION_TITLE;
import static io.countersign.review.ReviewStage.Variables.AMOUNT;
import static io.countersign.review.ReviewStage.Variables.ASSIGNEE;
import static io.countersign.review.ReviewStage.Variables.DEADLINE;
import static io.countersign.review.ReviewStage.Variables.PRIORITY;
import static io.countersign.review.ReviewStage.Variables.ROLE;

import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Policy;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.RequestViews;
import io.countersign.request.Stage;
import io.countersign.shared.Role;
import java.math.BigDecimal;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Sets the facts that a review task is drawn from; none of them is a word of the agent. */
@Component
class TaskFacts {

  private final RequestViews views;
  private final Policy policy;

  TaskFacts(RequestViews views, Policy policy) {
    this.views = views;
    this.policy = policy;
  }

  /** What a task says about the request; the same as long as nobody edits the action. */
  void describe(Stage stage, DelegateExecution execution) {
    ApprovalRequest request = stage.request();
    Optional<ActionPolicy> action = policy.find(request.action());
    execution.setVariable(PRIORITY, request.plan().priority());
    execution.setVariable(ACTION, request.action());
    Optional<String> amount =
        action
            .flatMap(it -> it.amount(views.parameters(request, request.currentDigest())))
            .map(BigDecimal::toPlainString);
    amount.ifPresent(exact -> execution.setVariable(AMOUNT, exact));
    execution.setVariable(ACTION_TITLE, title(request, action, amount));
  }

  /** Who may decide, who holds it, and until when. */
  void offer(Stage stage, DelegateExecution execution) {
    execution.setVariable(
        ROLE,
        Stream.concat(stage.roles().stream(), stage.escalatedTo().stream())
            .distinct()
            .map(Role::realmName)
            .collect(Collectors.joining(",")));
    execution.setVariable(ASSIGNEE, stage.assignee().orElse(null));
    execution.setVariable(DEADLINE, Date.from(stage.deadline()));
  }

  /** What tells tasks apart in a list without a word of the agent: the action, and how much. */
  private static String title(
      ApprovalRequest request, Optional<ActionPolicy> action, Optional<String> amount) {
    String name = action.map(ActionPolicy::title).orElse(request.action());
    return amount.map(exact -> name + " · " + exact).orElse(name);
  }
}
