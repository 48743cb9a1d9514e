package io.countersign.review;

import static io.countersign.review.ReviewStage.Variables.OUTCOME;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.notification.Notices;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.RunningTotals;
import io.countersign.request.Status;
import io.countersign.shared.RequestId;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Closes the request with the outcome that its votes amount to. Where the token stands and what the
 * variables say is not asked.
 */
@Component
class ConcludeRequest implements JavaDelegate {

  private final ApprovalRequests requests;
  private final RunningTotals totals;
  private final Notices notices;
  private final AuditTrail audit;
  private final Clock clock;

  ConcludeRequest(
      ApprovalRequests requests,
      RunningTotals totals,
      Notices notices,
      AuditTrail audit,
      Clock clock) {
    this.requests = requests;
    this.totals = totals;
    this.notices = notices;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ApprovalRequest request = requests.lock(RequestId.of(execution.getProcessBusinessKey()));
    if (request.status().isOpen()) {
      request.concludesOn(version(execution));
    }
    Status outcome = request.conclude(clock.instant());
    totals.release(request);
    audit.append(AuditEvent.of("request.concluded", request.id(), "system", facts(request)));
    notices.closed(request);
    execution.setVariable(OUTCOME, outcome.wire());
  }

  private static int version(DelegateExecution execution) {
    return execution
        .getProcessEngineServices()
        .getRepositoryService()
        .getProcessDefinition(execution.getProcessDefinitionId())
        .getVersion();
  }

  static Map<String, Object> facts(ApprovalRequest request) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("outcome", request.status().wire());
    facts.put("proposedDigest", request.actionDigest());
    request.decidedDigest().ifPresent(digest -> facts.put("decidedDigest", digest));
    request.chainVersion().ifPresent(version -> facts.put("chainVersion", version));
    request.grantId().ifPresent(grant -> facts.put("grant", grant.toString()));
    request.fallback().ifPresent(fallback -> facts.put("fallback", fallback.wire()));
    return facts;
  }
}
