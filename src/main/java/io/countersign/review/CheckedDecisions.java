package io.countersign.review;

import static io.countersign.engine.CompletionRefused.Kind.CONFLICT;
import static io.countersign.engine.CompletionRefused.Kind.FORBIDDEN;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.engine.CompletionRefused;
import io.countersign.engine.DecisionCheck;
import io.countersign.engine.TaskCompletion;
import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.identity.Member;
import io.countersign.identity.SignIn;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Decision;
import io.countersign.request.Handover;
import io.countersign.request.Proposal;
import io.countersign.request.Question;
import io.countersign.request.RequestViews;
import io.countersign.request.Stage;
import io.countersign.request.Vote.Ballot;
import io.countersign.request.Vote.Voter;
import io.countersign.review.DecisionRules.Attempt;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.Role;
import java.time.Clock;
import java.util.HashMap;
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
  private final Assignments assignments;
  private final Edits edits;
  private final ReasonRule reasons;
  private final AuditTrail audit;
  private final Clock clock;

  CheckedDecisions(
      ApprovalRequests requests,
      RequestViews views,
      Callers callers,
      Assignments assignments,
      Edits edits,
      ReasonRule reasons,
      AuditTrail audit,
      Clock clock) {
    this.requests = requests;
    this.views = views;
    this.callers = callers;
    this.assignments = assignments;
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
    Attempt attempt = attempt(caller, stage, proposal);
    DecisionRules.require(attempt);
    requireClaimed(completion, caller);
    SubmittedDecision submitted = SubmittedDecision.from(completion.variables());
    AllowedDecisions.require(stage.request(), proposal, submitted.decision());
    requireSameAction(stage.request(), submitted);
    reasons.require(stage.request(), submitted);
    DecisionRules.requireSignIn(attempt, submitted.decision());
    Voter voter = voter(caller, stage);
    switch (submitted.decision()) {
      case ASK -> ask(stage, voter, submitted);
      case REDIRECT, HAND_ON, RETURN -> handOver(stage, voter, submitted);
      default -> vote(stage, voter, caller.signIn(), ballot(stage, proposal, caller, submitted));
    }
  }

  private static Voter voter(Caller caller, Stage stage) {
    Role role = DecisionRules.entitlingRole(caller, stage).orElseThrow();
    return new Voter(caller.subject(), caller.name(), role);
  }

  private Ballot ballot(
      Stage stage, Proposal proposal, Caller caller, SubmittedDecision submitted) {
    ActionDigest shown = stage.request().currentDigest();
    String reason = submitted.reason().orElse(null);
    return switch (submitted.decision()) {
      case EDIT -> {
        JsonNode edited = submitted.parameters().orElseThrow();
        ActionDigest digest = edits.take(stage, proposal, caller, edited);
        yield Ballot.of(Decision.EDIT, digest, reason);
      }
      case ANSWER ->
          new Ballot(
              Decision.ANSWER, shown, null, submitted.text(SubmittedDecision.Field.ANSWER), reason);
      case CHOOSE -> choice(stage, proposal, caller, submitted);
      default -> Ballot.of(submitted.decision(), shown, reason);
    };
  }

  /** An option that carries parameters is an edit of the action; another one is an answer. */
  private Ballot choice(
      Stage stage, Proposal proposal, Caller caller, SubmittedDecision submitted) {
    String id = submitted.text(SubmittedDecision.Field.OPTION);
    Proposal.Option option =
        proposal
            .option(id)
            .orElseThrow(
                () ->
                    SubmittedDecision.invalid(
                        SubmittedDecision.Field.OPTION.wire(),
                        "expected the id of an option of this request"));
    String reason = submitted.reason().orElse(null);
    JsonNode parameters = option.parameters();
    if (parameters == null) {
      ActionDigest shown = stage.request().currentDigest();
      return new Ballot(Decision.CHOOSE, shown, id, option.label(), reason);
    }
    ActionDigest digest = edits.choose(stage, proposal, caller, parameters);
    return new Ballot(Decision.CHOOSE, digest, id, null, reason);
  }

  private void vote(Stage stage, Voter voter, SignIn signIn, Ballot ballot) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("decision", ballot.decision().wire());
    facts.put("shownDigest", stage.request().currentDigest());
    facts.put("decidedDigest", ballot.digest());
    signIn.at().ifPresent(at -> facts.put("signedInAt", at.toString()));
    signIn.level().ifPresent(level -> facts.put("signInLevel", level));
    stage.decide(voter, ballot, clock.instant());
    record("vote.cast", stage, voter, facts);
  }

  private void ask(Stage stage, Voter voter, SubmittedDecision submitted) {
    String text = submitted.text(SubmittedDecision.Field.QUESTION);
    Question question = stage.request().ask(stage, voter, text, clock.instant());
    record(
        "information.requested",
        stage,
        voter,
        Map.of("question", question.id().toString(), "due", question.dueAt().toString()));
  }

  private void handOver(Stage stage, Voter voter, SubmittedDecision submitted) {
    Decision how = submitted.decision();
    Optional<Member> recipient =
        how == Decision.HAND_ON
            ? Optional.of(assignments.recipient(submitted.text(SubmittedDecision.Field.TO), stage))
            : Optional.empty();
    Handover.To to =
        new Handover.To(
            how == Decision.REDIRECT ? submitted.role() : null,
            recipient.map(Member::username).orElse(null),
            recipient.map(Member::subject).orElse(null),
            submitted.reason().orElse(null));
    Handover handover = stage.request().handOver(stage, voter, how, to, clock.instant());
    record(
        "stage.handed_over",
        stage,
        voter,
        Map.of("decision", how.wire(), "role", handover.role().map(Role::realmName).orElse("")));
  }

  private void record(String type, Stage stage, Voter voter, Map<String, Object> facts) {
    Map<String, Object> all = new HashMap<>(facts);
    all.put("stage", stage.name());
    all.put("role", voter.role().realmName());
    audit.append(AuditEvent.of(type, stage.request().id(), "person:" + voter.subject(), all));
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
    return RequestId.find(task.businessKey())
        .flatMap(id -> requests.lockStage(id, task.processInstance()))
        .orElseThrow(() -> new CompletionRefused(FORBIDDEN, "", "This task belongs to no review."));
  }

  private Attempt attempt(Caller caller, Stage stage, Proposal proposal) {
    FourEyes fourEyes = Requesters.of(stage.request(), Optional.ofNullable(proposal.onBehalfOf()));
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
    if (!submitted.actionDigest().equals(request.currentDigest())) {
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
