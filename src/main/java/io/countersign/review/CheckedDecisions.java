package io.countersign.review;

import static io.countersign.engine.CompletionRefused.Kind.CONFLICT;
import static io.countersign.engine.CompletionRefused.Kind.FORBIDDEN;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.engine.CompletionRefused;
import io.countersign.engine.DecisionCheck;
import io.countersign.engine.TaskCompletion;
import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Proposal;
import io.countersign.request.RequestViews;
import io.countersign.request.Stage;
import io.countersign.request.Vote.Voter;
import io.countersign.review.DecisionRules.Attempt;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Role;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Checks and records every decision, whichever door it comes through. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class CheckedDecisions implements DecisionCheck {

  private final ApprovalRequests requests;
  private final RequestViews views;
  private final Callers callers;
  private final Requesters requesters;
  private final Edits edits;
  private final ReasonRule reasons;
  private final AuditTrail audit;
  private final Clock clock;

  CheckedDecisions(
      ApprovalRequests requests,
      RequestViews views,
      Callers callers,
      Requesters requesters,
      Edits edits,
      ReasonRule reasons,
      AuditTrail audit,
      Clock clock) {
    this.requests = requests;
    this.views = views;
    this.callers = callers;
    this.requesters = requesters;
    this.edits = edits;
    this.reasons = reasons;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public void decide(TaskCompletion completion) {
    Caller caller = caller();
    Stage stage = lockedStage(completion);
    Proposal proposal = views.proposal(stage.request());
    DecisionRules.require(attempt(caller, stage, proposal));
    requireClaimed(completion, caller);
    SubmittedDecision submitted = SubmittedDecision.from(completion.variables());
    requireSameAction(stage.request(), submitted);
    reasons.require(stage.request(), submitted);
    record(stage, proposal, caller, submitted);
  }

  private void record(Stage stage, Proposal proposal, Caller caller, SubmittedDecision submitted) {
    ApprovalRequest request = stage.request();
    ActionDigest digest = request.actionDigest();
    if (submitted.parameters().isPresent()) {
      edits.require(stage, proposal, caller, submitted.parameters().get());
      digest = requests.addEdit(request, submitted.parameters().get(), actor(caller));
    }
    Role role = DecisionRules.entitlingRole(caller, stage).orElseThrow();
    Voter voter = new Voter(caller.subject(), caller.name(), role);
    stage.decide(
        voter, submitted.decision(), digest, submitted.reason().orElse(null), clock.instant());
    audit.append(
        AuditEvent.of(
            "vote.cast",
            request.id(),
            actor(caller),
            Map.of(
                "stage", stage.name(),
                "role", role.realmName(),
                "decision", submitted.decision().wire(),
                "shownDigest", request.actionDigest().value(),
                "decidedDigest", digest.value())));
  }

  @Override
  public void claim(TaskCompletion task, String username) {
    Caller caller = caller();
    Stage stage = lockedStage(task);
    DecisionRules.require(attempt(caller, stage, views.proposal(stage.request())));
    if (!caller.name().equals(username)) {
      throw new CompletionRefused(FORBIDDEN, "", "You can take a review for yourself only.");
    }
  }

  @Override
  public void claimed(TaskCompletion task, @Nullable String username) {
    Stage stage = lockedStage(task);
    stage.assignTo(username);
    audit.append(
        AuditEvent.of(
            username == null ? "stage.returned" : "stage.claimed",
            stage.request().id(),
            actor(caller()),
            Map.of("stage", stage.name())));
  }

  private Caller caller() {
    return callers
        .find()
        .orElseThrow(() -> new CompletionRefused(FORBIDDEN, "", "Sign in to decide."));
  }

  private Stage lockedStage(TaskCompletion task) {
    return requests
        .lockStage(task.processInstance())
        .orElseThrow(() -> new CompletionRefused(FORBIDDEN, "", "This task belongs to no review."));
  }

  private Attempt attempt(Caller caller, Stage stage, Proposal proposal) {
    FourEyes fourEyes = requesters.of(stage.request(), Optional.ofNullable(proposal.onBehalfOf()));
    return new Attempt(caller, stage, fourEyes, clock.instant());
  }

  private static void requireClaimed(TaskCompletion completion, Caller caller) {
    if (!completion.assignee().equals(Optional.of(caller.name()))) {
      throw completion.assignee().isEmpty()
          ? new CompletionRefused(FORBIDDEN, "", "Claim this review before you decide it.")
          : new CompletionRefused(CONFLICT, "", "Somebody else has claimed this review.");
    }
  }

  private static void requireSameAction(ApprovalRequest request, SubmittedDecision submitted) {
    if (!submitted.actionDigest().equals(request.actionDigest())) {
      throw new CompletionRefused(
          CONFLICT,
          SubmittedDecision.ACTION_DIGEST,
          "What you were shown is not what is stored: reload the page.");
    }
  }

  private static String actor(Caller caller) {
    return "person:" + caller.subject();
  }
}
