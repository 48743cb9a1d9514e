package io.countersign.review;

import io.countersign.identity.Caller;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Stage;
import io.countersign.shared.RequestId;
import io.countersign.shared.Role;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who may read a request; for everybody else there is none. */
@Component
public class Visibility {

  private final ApprovalRequests requests;

  Visibility(ApprovalRequests requests) {
    this.requests = requests;
  }

  /** The request of that id, if the caller may read it. */
  @Transactional(readOnly = true)
  public Optional<ApprovalRequest> find(Caller caller, RequestId id) {
    return requests.find(id).filter(request -> mayRead(caller, request));
  }

  /** Those steps of a plan that the caller may read. */
  @Transactional(readOnly = true)
  public List<ApprovalRequest> findSteps(Caller caller, UUID plan) {
    return requests.ofPlan(plan).stream().filter(request -> mayRead(caller, request)).toList();
  }

  /** Its agent, a registered reviewer that was asked, who may decide or did, who looks back. */
  private static boolean mayRead(Caller caller, ApprovalRequest request) {
    return isItsAgent(caller, request)
        || caller.has(Role.AI_REVIEWER)
            && request.stages().stream().anyMatch(stage -> wasAsked(caller, stage))
        || caller.isPerson()
            && (looksBack(caller)
                || request.wasHandledBy(caller.subject())
                || request.stages().stream().anyMatch(stage -> mayDecide(caller, stage)));
  }

  /** Whether the caller is the service account that proposed it. */
  public static boolean isItsAgent(Caller caller, ApprovalRequest request) {
    return !caller.isPerson() && caller.has(Role.AGENT) && caller.name().equals(request.agent());
  }

  /** Whether the caller is the registered reviewer that was asked in this stage. */
  static boolean wasAsked(Caller caller, Stage stage) {
    return !caller.isPerson()
        && caller.has(Role.AI_REVIEWER)
        && stage.round() > 0
        && stage.reviewer().equals(Optional.of(caller.name()));
  }

  private static boolean looksBack(Caller caller) {
    return caller.has(Role.MANAGER) || caller.has(Role.AUDITOR);
  }

  private static boolean mayDecide(Caller caller, Stage stage) {
    // Also once it is closed: whoever comes late learns who decided what.
    return DecisionRules.entitlingRole(caller, stage).isPresent()
        || caller.name().equals(stage.assignee().orElse(null));
  }
}
