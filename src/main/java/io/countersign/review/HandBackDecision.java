package io.countersign.review;

import io.countersign.handback.Webhooks;
import io.countersign.request.ApprovalRequests;
import io.countersign.shared.RequestId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Puts the answer to the agent into the outbox, in the transaction that closes the request; nothing
 * is sent inside the engine.
 */
@Component
class HandBackDecision implements JavaDelegate {

  private final ApprovalRequests requests;
  private final Webhooks webhooks;

  HandBackDecision(ApprovalRequests requests, Webhooks webhooks) {
    this.requests = requests;
    this.webhooks = webhooks;
  }

  @Override
  public void execute(DelegateExecution execution) {
    webhooks.decided(requests.lock(RequestId.of(execution.getProcessBusinessKey())));
  }
}
