package io.countersign.review;

import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Stage;
import io.countersign.shared.RequestId;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells the model of a chain what is owed; called by the model as {@code stagePlan}. Policy says
 * which stages are owed, the model only in what order and shape they are asked.
 */
@Component("stagePlan")
@Transactional(readOnly = true)
public class ChainPlan {

  private final ApprovalRequests requests;

  ChainPlan(ApprovalRequests requests) {
    this.requests = requests;
  }

  /** Whether policy owes that stage for this request. */
  public boolean owes(DelegateExecution execution, String stage) {
    return request(execution).owes(stage);
  }

  /**
   * Whether a stage is still, or again, to be asked: an edit voids what was said before it. Once
   * the outcome stands, nobody is.
   */
  public boolean reopens(DelegateExecution execution) {
    ApprovalRequest request = request(execution);
    return !request.isDecided() && !request.unsettled().isEmpty();
  }

  /** The names of the stages to be asked next, all at the same time: the lowest open step. */
  public List<String> next(DelegateExecution execution) {
    List<Stage> unsettled = request(execution).unsettled();
    int step = unsettled.stream().mapToInt(Stage::step).min().orElse(0);
    return unsettled.stream().filter(stage -> stage.step() == step).map(Stage::name).toList();
  }

  /** The names under which that stage is asked: one a seat. */
  public List<String> seats(DelegateExecution execution, String part) {
    return request(execution).unsettled().stream()
        .filter(stage -> stage.part().equals(part))
        .map(Stage::name)
        .toList();
  }

  /** Whether nobody is being asked any more: a quorum was reached, other seats are not needed. */
  public boolean nobodyAsked(DelegateExecution execution) {
    return request(execution).stages().stream().noneMatch(stage -> stage.status().isRunning());
  }

  private ApprovalRequest request(DelegateExecution execution) {
    RequestId id = RequestId.of(execution.getProcessBusinessKey());
    return requests.find(id).orElseThrow();
  }
}
