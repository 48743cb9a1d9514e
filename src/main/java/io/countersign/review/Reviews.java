package io.countersign.review;

import io.countersign.request.ApprovalRequest;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Starts the chains that ask people. */
@Service
public class Reviews {

  private final RuntimeService runtime;

  Reviews(RuntimeService runtime) {
    this.runtime = runtime;
  }

  /**
   * Starts the chain of a stored request, in the caller's transaction: when that commits, the
   * request is stored and people are asked; otherwise neither.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void start(ApprovalRequest request) {
    String id = request.id().toString();
    runtime.startProcessInstanceByKey(
        request.plan().chain(), id, Map.of(ReviewStage.Variables.REQUEST_ID, id));
  }
}
