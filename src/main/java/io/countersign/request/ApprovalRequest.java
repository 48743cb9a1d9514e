package io.countersign.request;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.request.Vote.Voter;
import io.countersign.sealing.Sealed;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Fallback;
import io.countersign.shared.FreshSignIn;
import io.countersign.shared.Mode;
import io.countersign.shared.Reason;
import io.countersign.shared.RequestId;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import io.countersign.shared.StageKind;
import io.countersign.shared.StagePlan;
import io.countersign.shared.Urgency;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * An action that an agent proposed, and what became of it. The outcome is always computed from the
 * votes, never handed in.
 */
@Entity
@DynamicUpdate
public class ApprovalRequest {

  private static final Duration VERDICT_WITHIN = Duration.ofMinutes(5);

  @Id private UUID id;
  @Version private long version;

  private String agent;
  private @Nullable String owner;
  private @Nullable String ownerSubject;
  private @Nullable String onBehalfOf;
  private @Nullable String onBehalfOfSubject;
  private String idempotencyKey;
  private String bodyDigest;
  private String action;
  private String actionDigest;
  private Route route;
  private Mode mode;
  private @Nullable Severity severity;
  private @Nullable Boolean reversible;
  private Urgency urgency;
  private InteractionPattern pattern;
  private String policyVersion;
  private @Nullable String executor;
  private @Nullable Long redeemWithinSeconds;

  private Sealed reasons;

  private @Nullable String chain;
  private @Nullable Integer chainVersion;

  @Convert(converter = Plans.class)
  private @Nullable ReviewPlan plan;

  private @Nullable String runId;
  private @Nullable String externalId;
  private @Nullable String callback;
  private @Nullable UUID revises;
  private @Nullable UUID planId;
  private @Nullable Integer planStep;
  private Sealed headline;
  private @Nullable Integer words;
  private Status status;
  private Instant createdAt;
  private @Nullable Instant deadline;
  private @Nullable Instant closedAt;
  private @Nullable Instant erasedAt;

  private long changes;
  private String currentDigest;
  private @Nullable String decidedDigest;
  private @Nullable String decidedBy;
  private @Nullable Sealed decisionReason;
  private @Nullable Fallback fallback;

  @Column(name = "grant_id")
  private @Nullable UUID grantId;

  @OneToMany(mappedBy = "request", cascade = CascadeType.PERSIST)
  @OrderBy("position")
  private List<Stage> stages = new ArrayList<>();

  @OneToMany(mappedBy = "request", cascade = CascadeType.PERSIST)
  @OrderBy("askedAt")
  private List<Question> questions = new ArrayList<>();

  @OneToMany(mappedBy = "request", cascade = CascadeType.PERSIST)
  @OrderBy("createdAt")
  private List<Handover> handovers = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected ApprovalRequest() {}

  /**
   * A proposal that policy has routed. What needs no person is closed at once: approved, or
   * blocked.
   */
  public static ApprovalRequest propose(
      RequestId id,
      Origin origin,
      Proposal proposal,
      ActionDigest digest,
      Routing routing,
      Instant now) {
    ApprovalRequest request = new ApprovalRequest();
    request.id = id.uuid();
    request.agent = origin.agent();
    request.owner = origin.owner().orElse(null);
    request.ownerSubject = origin.ownerSubject().orElse(null);
    request.onBehalfOf = proposal.onBehalfOf();
    request.onBehalfOfSubject = origin.onBehalfOfSubject().orElse(null);
    request.idempotencyKey = origin.idempotencyKey();
    request.bodyDigest = origin.bodyDigest();
    request.action = proposal.action();
    request.actionDigest = digest.value();
    request.currentDigest = digest.value();
    request.pattern =
        proposal.pattern() == null ? InteractionPattern.APPROVAL_GATE : proposal.pattern();
    request.runId = proposal.run() == null ? null : proposal.run().id();
    request.externalId = proposal.externalId();
    request.callback = proposal.callback();
    request.revises = proposal.revises() == null ? null : RequestId.of(proposal.revises()).uuid();
    request.planId = origin.place().map(PlanPlace::plan).orElse(null);
    request.planStep = origin.place().map(PlanPlace::step).orElse(null);
    request.status = Status.PENDING;
    request.createdAt = now;
    request.take(routing, now);
    request.words = WordCount.of(routing.headline(), proposal.parameters(), proposal.rationale());
    return request;
  }

  private void take(Routing routing, Instant now) {
    route = routing.route();
    mode = routing.mode();
    severity = routing.severity();
    reversible = routing.severity() == null ? null : routing.reversible();
    urgency = routing.urgency();
    policyVersion = routing.policyVersion();
    executor = routing.execution().map(Routing.Execution::executor).orElse(null);
    redeemWithinSeconds =
        routing.execution().map(each -> each.redeemWithin().toSeconds()).orElse(null);
    reasons = Sealed.of(id(), Reasons.write(routing.reasons()));
    plan = routing.review().orElse(null);
    chain = routing.review().map(ReviewPlan::chain).orElse(null);
    deadline = routing.review().map(plan -> plan.deadlineFrom(now)).orElse(null);
    headline = Sealed.of(id(), routing.headline());
    switch (routing.route()) {
      case AUTO_APPROVE -> {
        close(Status.APPROVED, now);
        routing.review().ifPresent(window -> window.stages().forEach(this::add));
      }
      case BLOCK -> close(Status.BLOCKED, now);
      case HUMAN_REVIEW, ESCALATE -> plan().stages().forEach(this::owe);
    }
  }

  /** Adds a stage that has to be decided as well. */
  public void owe(StagePlan owed) {
    requireOpen("add a stage to");
    add(owed);
    touch();
  }

  private void add(StagePlan owed) {
    for (String seat : owed.seatNames()) {
      stages.add(new Stage(this, stages.size(), seat, owed));
    }
  }

  /** Whether a stage of that name, or with seats of that name, has to be decided. */
  public boolean owes(String part) {
    return stages.stream().anyMatch(stage -> stage.part().equals(part));
  }

  /** Whether people have approved, there, exactly what is proposed now. */
  public boolean isSettled(Stage stage) {
    return tally().isSatisfied(stage.part());
  }

  /** Whether the votes cast so far settle the outcome. */
  public boolean isDecided() {
    return tally().outcome(actionDigest()).isPresent();
  }

  /** The stages that are still to be asked, or asked again. */
  public List<Stage> unsettled() {
    Tally tally = tally();
    return stages.stream().filter(stage -> !tally.isSatisfied(stage.part())).toList();
  }

  /**
   * Whether the action may be carried out: policy approved it without people, or the votes as they
   * are recorded amount to an approval. What the row says of itself is not enough.
   */
  public boolean holdsApproval() {
    return switch (route) {
      case AUTO_APPROVE -> status == Status.APPROVED && tally().deciding(Status.REVOKED).isEmpty();
      case HUMAN_REVIEW, ESCALATE ->
          status.isApproved()
              && tally().outcome(actionDigest()).equals(Optional.of(status))
              && decidedDigest().equals(Optional.of(currentDigest()));
      case BLOCK -> false;
    };
  }

  /**
   * Opens a review; undecided it ends at the request's deadline, and that of a registered reviewer
   * after five minutes: nobody waits long for advice.
   *
   * @throws IllegalArgumentException if no such stage is owed
   */
  public Stage openStage(String name, String processInstance, Instant now) {
    requireOpen("open a stage of");
    Stage stage = stage(name);
    if (isSettled(stage)) {
      throw new NotPossibleNow("open", "stage " + name, "settled");
    }
    stage.open(processInstance, until(stage, now), now);
    return stage;
  }

  private Instant until(Stage stage, Instant now) {
    Instant end = deadline().orElseGet(() -> plan().deadlineFrom(now));
    Instant soon = now.plus(VERDICT_WITHIN);
    return stage.kind() == StageKind.AI && soon.isBefore(end) ? soon : end;
  }

  /** Goes on without a registered reviewer that cannot be reached; people decide. */
  public void goOnWithout(Stage stage, Instant now) {
    requireOpen("go on with");
    stage.skip(now);
    touch();
  }

  /** Opens the window in which people may object to what policy approved. */
  public Stage openWindow(String processInstance, Instant now) {
    Stage stage = stage(StagePlan.OBJECTION);
    if (!isWithinItsWindow()) {
      throw new NotPossibleNow("open the objection window of", this, status.wire());
    }
    stage.open(processInstance, deadline().orElseThrow(), now);
    return stage;
  }

  /** Whether people are asked: before it may run, or whether to call it back. */
  public boolean asksPeople() {
    return plan != null;
  }

  /** Whether policy approved it and people may still object. */
  public boolean isWithinItsWindow() {
    return mode == Mode.OBJECTION_WINDOW
        && status == Status.APPROVED
        && findStage(StagePlan.OBJECTION)
            .filter(stage -> stage.status() == StageStatus.WAITING || stage.status().isRunning())
            .isPresent();
  }

  /**
   * Calls an approval back because a person objected in time.
   *
   * @throws NotPossibleNow if nobody did
   */
  public void revoke() {
    Vote objection =
        tally()
            .deciding(Status.REVOKED)
            .filter(vote -> mode == Mode.OBJECTION_WINDOW && status == Status.APPROVED)
            .orElseThrow(() -> new NotPossibleNow("revoke", this, status.wire()));
    changes++;
    adopt(objection);
    fallback = Fallback.REVERT;
    status = Status.REVOKED;
  }

  /** Takes note of a vote: an edit is what everybody else decides on from now. */
  void heard(Vote vote, Stage where, Instant now) {
    if (vote.approves()) {
      currentDigest = vote.digest().value();
    }
    if (isSettled(where)) {
      stages.stream()
          .filter(seat -> seat.part().equals(where.part()) && seat.status().isRunning())
          .forEach(seat -> seat.end(StageStatus.SKIPPED, now));
    }
    touch();
  }

  /** Asks the agent; the clock of that stage stands still until it answers or {@code due}. */
  public Question ask(Stage stage, Voter asker, String text, Instant now) {
    requireOpen("ask about");
    Instant due = now.plus(plan().answerWithin());
    stage.awaitInformation(due, now);
    Question question = new Question(stage, asker, text, due, now);
    questions.add(question);
    touch();
    return question;
  }

  /** Takes the agent's answer; the clock goes on. */
  public void inform(Question question, String answer, String by, Instant now) {
    requireOpen("inform about");
    question.answer(answer, by, now);
    resume(question.stage(), now);
  }

  /** Gives up waiting for an answer; people decide without it. */
  public void leaveUnanswered(Question question, Instant now) {
    requireOpen("go on with");
    question.leaveUnanswered(now);
    resume(question.stage(), now);
  }

  private void resume(Stage stage, Instant now) {
    stage.resume(now);
    if (deadline == null || stage.deadline().isAfter(deadline)) {
      deadline = stage.deadline();
    }
    touch();
  }

  /** Leaves a stage to another role, another person, or all who may decide. */
  public Handover handOver(Stage stage, Voter from, Decision how, Handover.To to, Instant now) {
    requireOpen("hand over");
    if (to.role() != null) {
      stage.redirectTo(to.role());
    } else {
      stage.assignTo(to.person());
    }
    Handover handover = new Handover(stage, from, how, to, now);
    handovers.add(handover);
    return handover;
  }

  /** Closes the request because its agent does not want the action any more. */
  public void withdraw(@Nullable String reason, Instant now) {
    requireOpen("withdraw");
    decisionReason = Sealed.ofNullable(id(), reason);
    close(Status.WITHDRAWN, now);
  }

  /**
   * Closes the request with the outcome that its stages' votes amount to: one rejection rejects,
   * one expired stage expires, and only votes of people for the same content on every stage
   * approve. A request that its agent withdrew stays withdrawn.
   *
   * @throws NotPossibleNow if somebody is still owed
   */
  public Status conclude(Instant now) {
    if (status == Status.WITHDRAWN) {
      return status;
    }
    requireOpen("conclude");
    Status outcome =
        tally()
            .outcome(actionDigest())
            .orElseThrow(
                () -> new NotPossibleNow("conclude", this, "waiting for " + namesOf(unsettled())));
    tally().deciding(outcome).ifPresent(this::adopt);
    if (outcome == Status.EXPIRED) {
      fallback = plan().fallback();
    }
    close(outcome, now);
    return outcome;
  }

  /**
   * Closes the request with its fallback because its time is over and nothing else would close it.
   * Whatever was voted, this approves nothing.
   *
   * @throws NotPossibleNow if its time is not over
   */
  public void lapse(Instant now) {
    requireOpen("let lapse");
    if (deadline != null && now.isBefore(deadline)) {
      throw new NotPossibleNow("let lapse", this, "not at its deadline");
    }
    fallback = plan().fallback();
    close(Status.EXPIRED, now);
  }

  /**
   * Notes that what was written in it is gone.
   *
   * @throws NotPossibleNow while somebody can still decide or object
   */
  public void erase(Instant now) {
    if (closedAt == null || isWithinItsWindow() || erasedAt != null) {
      throw new NotPossibleNow("erase", this, erasedAt == null ? status.wire() : "erased");
    }
    changes++;
    erasedAt = now;
  }

  /** When what was written in it was erased; then nothing of that can be read. */
  public Optional<Instant> erasedAt() {
    return Optional.ofNullable(erasedAt);
  }

  /** Notes which version of its chain concludes it. */
  public void concludesOn(int version) {
    requireOpen("conclude");
    chainVersion = version;
  }

  private void adopt(Vote vote) {
    decidedDigest = vote.digest().value();
    decidedBy = vote.personName();
    decisionReason = Sealed.ofNullable(id(), vote.reason().orElse(null));
  }

  private static String namesOf(List<Stage> some) {
    return some.stream().map(Stage::name).collect(Collectors.joining(", "));
  }

  private Tally tally() {
    return new Tally(stages, currentDigest());
  }

  private void close(Status outcome, Instant now) {
    changes++;
    status = outcome;
    closedAt = now;
    StageStatus left = outcome == Status.WITHDRAWN ? StageStatus.WITHDRAWN : StageStatus.SKIPPED;
    stages.stream()
        .filter(stage -> stage.status() == StageStatus.WAITING || stage.status().isRunning())
        .forEach(stage -> stage.end(left, now));
    if (outcome.isApproved()) {
      grantId = UuidCreator.getTimeOrderedEpoch();
      if (decidedDigest == null) {
        decidedDigest = actionDigest;
      }
    }
  }

  private void requireOpen(String transition) {
    if (!status.isOpen()) {
      throw new NotPossibleNow(transition, this, status.wire());
    }
  }

  /** Marks the request as changed, so that its version rises and waiting agents wake. */
  void touch() {
    if (closedAt != null) {
      return; // A window of objection runs on a closed request, which is never written again.
    }
    changes++;
    boolean awaited =
        stages.stream().anyMatch(stage -> stage.status() == StageStatus.INFORMATION_REQUESTED);
    if (status.isOpen()) {
      status = awaited ? Status.INFORMATION_REQUESTED : Status.PENDING;
    }
  }

  /** The request's id. */
  public RequestId id() {
    return new RequestId(id);
  }

  /** Rises with every change. */
  public long version() {
    return version;
  }

  /** The client id of the agent that proposed. */
  public String agent() {
    return agent;
  }

  /** The person who answers for the agent. */
  public Optional<String> owner() {
    return Optional.ofNullable(owner);
  }

  /** The owner's Keycloak subject, where it was known when the request came in. */
  public Optional<String> ownerSubject() {
    return Optional.ofNullable(ownerSubject);
  }

  /** The user name of the person the agent acts for, as it says; not kept of old requests. */
  public Optional<String> onBehalfOf() {
    return Optional.ofNullable(onBehalfOf);
  }

  /** The subject of the person the agent acts for, where it was known when the request came in. */
  public Optional<String> onBehalfOfSubject() {
    return Optional.ofNullable(onBehalfOfSubject);
  }

  /** The action's name. */
  public String action() {
    return action;
  }

  /** What was proposed. */
  public ActionDigest actionDigest() {
    return new ActionDigest(actionDigest);
  }

  /** What everybody decides on now: what was proposed, or the last edit of it. */
  public ActionDigest currentDigest() {
    return new ActionDigest(currentDigest);
  }

  /** SHA-256 of the body as received. */
  public String bodyDigest() {
    return bodyDigest;
  }

  /** What policy said. */
  public Route route() {
    return route;
  }

  /** How people take part. */
  public Mode mode() {
    return mode;
  }

  /** The action's severity; nothing for an unknown action. */
  public Optional<Severity> severity() {
    return Optional.ofNullable(severity);
  }

  /** Whether the action can be undone; nothing for an unknown action. */
  public Optional<Boolean> reversible() {
    return Optional.ofNullable(reversible);
  }

  /** Whether the action is both of high severity and impossible to take back. */
  public boolean isIrreversibleAndHigh() {
    return severity == Severity.HIGH && Boolean.FALSE.equals(reversible);
  }

  /** The urgency, capped by the manifest. */
  public Urgency urgency() {
    return urgency;
  }

  /** What kind of answer the agent is after. */
  public InteractionPattern pattern() {
    return pattern;
  }

  /** The digest of the policy that routed it. */
  public String policyVersion() {
    return policyVersion;
  }

  /** Why it was routed as it was. */
  public List<Reason> reasons() {
    return Reasons.read(reasons.text());
  }

  /** The process that asks people. */
  public Optional<String> chain() {
    return Optional.ofNullable(chain);
  }

  /** The version of the process that concluded it. */
  public Optional<Integer> chainVersion() {
    return Optional.ofNullable(chainVersion);
  }

  /** The configured endpoint the agent named. */
  public Optional<String> callback() {
    return Optional.ofNullable(callback);
  }

  /** The earlier request that this one takes up again. */
  public Optional<RequestId> revises() {
    return Optional.ofNullable(revises).map(RequestId::new);
  }

  /** The run it belongs to, as its agent says. */
  public Optional<String> run() {
    return Optional.ofNullable(runId);
  }

  /** Its place in the plan it was handed over with. */
  public Optional<PlanPlace> planPlace() {
    return planId == null || planStep == null
        ? Optional.empty()
        : Optional.of(new PlanPlace(planId, planStep));
  }

  /** One line for people. */
  public String headline() {
    return headline.text();
  }

  /** Whether its agent does not want it any more. */
  public boolean isWithdrawn() {
    return status == Status.WITHDRAWN;
  }

  /** How far it has come. */
  public Status status() {
    return status;
  }

  /** When it was proposed. */
  public Instant createdAt() {
    return createdAt;
  }

  /** When it ends without a decision. */
  public Optional<Instant> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** When it was closed. */
  public Optional<Instant> closedAt() {
    return Optional.ofNullable(closedAt);
  }

  /** The action that was decided on: the proposed one, or the last edit of it. */
  public Optional<ActionDigest> decidedDigest() {
    return Optional.ofNullable(decidedDigest).map(ActionDigest::new);
  }

  /** The decider's reason. */
  public Optional<String> decisionReason() {
    return Optional.ofNullable(decisionReason).map(Sealed::text);
  }

  /** What followed when nobody decided. */
  public Optional<Fallback> fallback() {
    return Optional.ofNullable(fallback);
  }

  /** The id that all grants of this request carry; only once approved. */
  public Optional<UUID> grantId() {
    return Optional.ofNullable(grantId);
  }

  /** The client that may carry the action out; nothing for an unknown action. */
  public Optional<String> executor() {
    return Optional.ofNullable(executor);
  }

  /** Until when its grant may be redeemed; only once approved. */
  public Optional<Instant> grantUntil() {
    Instant approved = grantId == null ? null : closedAt;
    return approved == null || redeemWithinSeconds == null
        ? Optional.empty()
        : Optional.of(approved.plusSeconds(redeemWithinSeconds));
  }

  /**
   * The plan under which people are asked.
   *
   * @throws NotPossibleNow if nobody is asked
   */
  public ReviewPlan plan() {
    if (plan == null) {
      throw new NotPossibleNow("review", this, "routed past people");
    }
    return plan;
  }

  /** What letting it through takes beside the role, as its policy said when it was proposed. */
  public Optional<FreshSignIn> signIn() {
    return Optional.ofNullable(plan).map(ReviewPlan::signIn);
  }

  /** The username of who decided last. */
  public Optional<String> decidedLastBy() {
    return Optional.ofNullable(decidedBy);
  }

  /** Who decided how it ended, in order; empty where no vote did. */
  public List<String> decidedBy() {
    return tally().decidingAll(status).stream().map(Vote::personName).distinct().toList();
  }

  /** What said most about how it ended. */
  public Optional<Vote> decidingVote() {
    return tally().deciding(status);
  }

  /** What reviewers asked the agent, in order. */
  public List<Question> questions() {
    return List.copyOf(questions);
  }

  /** Whether this person voted, asked, or left a stage to others. */
  public boolean wasHandledBy(String subject) {
    return stages.stream()
            .flatMap(stage -> stage.votes().stream())
            .anyMatch(vote -> vote.person().equals(subject))
        || questions.stream().anyMatch(question -> question.person().equals(subject))
        || handovers.stream().anyMatch(handover -> handover.person().equals(subject));
  }

  /** How its stages changed hands, in order. */
  public List<Handover> handovers() {
    return List.copyOf(handovers);
  }

  /** Its reviews, in order. */
  public List<Stage> stages() {
    return List.copyOf(stages);
  }

  /**
   * The review of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Stage stage(String name) {
    return findStage(name)
        .orElseThrow(() -> new IllegalArgumentException("no stage " + name + " in " + this));
  }

  /** The review that this process instance carries. */
  public Optional<Stage> stageOf(String processInstance) {
    return stages.stream()
        .filter(stage -> stage.processInstance().equals(Optional.of(processInstance)))
        .findFirst();
  }

  /** The review of that name, if one is owed. */
  public Optional<Stage> findStage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return "request " + id();
  }
}
