package io.countersign.request;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Fallback;
import io.countersign.shared.Mode;
import io.countersign.shared.Reason;
import io.countersign.shared.RequestId;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import io.countersign.shared.Urgency;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  @Id private UUID id;
  @Version private long version;

  private String agent;
  private @Nullable String owner;
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

  @Convert(converter = Reasons.class)
  private List<Reason> reasons;

  private @Nullable String chain;

  @Convert(converter = Plans.class)
  private @Nullable ReviewPlan plan;

  private @Nullable String runId;
  private @Nullable String externalId;
  private @Nullable String callback;
  private String headline;
  private Status status;
  private Instant createdAt;
  private @Nullable Instant deadline;
  private @Nullable Instant closedAt;

  private @Nullable String decidedDigest;
  private @Nullable String decidedBy;
  private @Nullable String decisionReason;
  private @Nullable Fallback fallback;

  @Column(name = "grant_id")
  private @Nullable UUID grantId;

  @OneToMany(mappedBy = "request", cascade = CascadeType.PERSIST)
  @OrderBy("position")
  private List<Stage> stages = new ArrayList<>();

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
    request.idempotencyKey = origin.idempotencyKey();
    request.bodyDigest = origin.bodyDigest();
    request.action = proposal.action();
    request.actionDigest = digest.value();
    request.pattern =
        proposal.pattern() == null ? InteractionPattern.APPROVAL_GATE : proposal.pattern();
    request.runId = proposal.run() == null ? null : proposal.run().id();
    request.externalId = proposal.externalId();
    request.callback = proposal.callback();
    request.status = Status.PENDING;
    request.createdAt = now;
    request.take(routing, now);
    return request;
  }

  private void take(Routing routing, Instant now) {
    route = routing.route();
    mode = routing.mode();
    severity = routing.severity();
    reversible = routing.severity() == null ? null : routing.reversible();
    urgency = routing.urgency();
    policyVersion = routing.policyVersion();
    reasons = List.copyOf(routing.reasons());
    plan = routing.review().orElse(null);
    chain = routing.review().map(ReviewPlan::chain).orElse(null);
    deadline = routing.review().map(plan -> plan.deadlineFrom(now)).orElse(null);
    headline = routing.headline();
    switch (routing.route()) {
      case AUTO_APPROVE -> close(Status.APPROVED, now);
      case BLOCK -> close(Status.BLOCKED, now);
      case HUMAN_REVIEW, ESCALATE -> {}
    }
  }

  /**
   * Whether the action may be carried out: policy approved it without people, or the votes as they
   * are recorded amount to an approval. What the row says of itself is not enough.
   */
  public boolean holdsApproval() {
    return switch (route) {
      case AUTO_APPROVE -> status == Status.APPROVED && stages.isEmpty();
      case HUMAN_REVIEW, ESCALATE ->
          status.isApproved()
              && outcomeOfVotes() == status
              && votes().stream()
                  .allMatch(vote -> decidedDigest().equals(Optional.of(vote.digest())));
      case BLOCK -> false;
    };
  }

  /** Opens a review that ends, undecided, at the request's deadline. */
  public Stage openStage(String name, String processInstance, Instant now) {
    requireOpen("open a stage of");
    Stage stage = new Stage(this, stages.size(), name, processInstance, plan(), now);
    stages.add(stage);
    touch();
    return stage;
  }

  /**
   * Closes the request with the outcome that its stages' votes amount to: one rejection rejects,
   * one expired or undecided stage expires, and only votes to approve on every stage approve.
   */
  public Status conclude(Instant now) {
    requireOpen("conclude");
    Status outcome = outcomeOfVotes();
    List<Vote> votes = votes();
    if (outcome == Status.EXPIRED) {
      fallback = plan().fallback();
    } else {
      Vote last = votes.get(votes.size() - 1);
      decidedDigest = last.digest().value();
      decidedBy = last.personName();
      decisionReason = last.reason().orElse(null);
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

  private Status outcomeOfVotes() {
    if (votes().stream().anyMatch(vote -> vote.decision() == Decision.REJECT)) {
      return Status.REJECTED;
    }
    boolean everyStageApproved =
        !stages.isEmpty()
            && stages.stream().allMatch(stage -> stage.vote().filter(Vote::approves).isPresent());
    if (!everyStageApproved) {
      return Status.EXPIRED;
    }
    Set<ActionDigest> approved = votes().stream().map(Vote::digest).collect(Collectors.toSet());
    if (approved.size() > 1) {
      throw new NotPossibleNow("conclude", this, "approved in different contents");
    }
    return approved.contains(actionDigest()) ? Status.APPROVED : Status.APPROVED_WITH_EDITS;
  }

  private void close(Status outcome, Instant now) {
    status = outcome;
    closedAt = now;
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
    changes++;
  }

  private long changes;

  private List<Vote> votes() {
    return stages.stream().flatMap(stage -> stage.vote().stream()).toList();
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

  /** The action's name. */
  public String action() {
    return action;
  }

  /** What was proposed. */
  public ActionDigest actionDigest() {
    return new ActionDigest(actionDigest);
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
    return reasons;
  }

  /** The process that asks people. */
  public Optional<String> chain() {
    return Optional.ofNullable(chain);
  }

  /** The configured endpoint the agent named. */
  public Optional<String> callback() {
    return Optional.ofNullable(callback);
  }

  /** One line for people. */
  public String headline() {
    return headline;
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

  /** The username of who decided last. */
  public Optional<String> decidedBy() {
    return Optional.ofNullable(decidedBy);
  }

  /** The decider's reason. */
  public Optional<String> decisionReason() {
    return Optional.ofNullable(decisionReason);
  }

  /** What followed when nobody decided. */
  public Optional<Fallback> fallback() {
    return Optional.ofNullable(fallback);
  }

  /** The id that all grants of this request carry; only once approved. */
  public Optional<UUID> grantId() {
    return Optional.ofNullable(grantId);
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
    return stages.stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage " + name + " in " + this));
  }

  @Override
  public String toString() {
    return "request " + id();
  }
}
