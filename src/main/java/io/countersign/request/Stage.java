package io.countersign.request;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.request.Vote.Voter;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Role;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** One review inside a chain. */
@Entity
@DynamicUpdate
public class Stage {

  @Id private UUID id;
  @Version private long version;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  private ApprovalRequest request;

  private String processInstance;
  private int position;
  private String name;
  private StageKind kind;
  private Role role;
  private int escalations;
  private StageStatus status;
  private @Nullable String assignee;
  private Instant openedAt;
  private Instant deadline;
  private int reminders;
  private @Nullable Instant closedAt;

  @OneToOne(mappedBy = "stage", cascade = CascadeType.PERSIST)
  private @Nullable Vote vote;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Stage() {}

  Stage(
      ApprovalRequest request,
      int position,
      String name,
      String processInstance,
      ReviewPlan plan,
      Instant now) {
    this.id = UuidCreator.getTimeOrderedEpoch();
    this.request = request;
    this.position = position;
    this.name = name;
    this.kind = StageKind.PERSON;
    this.processInstance = processInstance;
    this.role = plan.role();
    this.status = StageStatus.OPEN;
    this.openedAt = now;
    this.deadline = request.deadline().orElseGet(() -> plan.deadlineFrom(now));
  }

  /** Notes who has taken the review, or that it was given back. */
  public void assignTo(@Nullable String username) {
    requireOpen("assign");
    this.assignee = username;
    request.touch();
  }

  /** Notes that those asked were reminded. */
  public void reminded() {
    requireOpen("remind about");
    reminders++;
  }

  /**
   * Lets the next role of the escalation path decide as well.
   *
   * @return that role; nothing if the path has come to its end
   */
  public Optional<Role> escalate() {
    requireOpen("escalate");
    List<Role> path = request.plan().escalationPath();
    if (escalations >= path.size()) {
      return Optional.empty();
    }
    request.touch();
    return Optional.of(path.get(escalations++));
  }

  /**
   * Records what a person said.
   *
   * @throws NotPossibleNow if the stage is not open any more
   */
  public Vote decide(
      Voter voter, Decision decision, ActionDigest digest, @Nullable String reason, Instant now) {
    requireOpen("decide");
    status = StageStatus.DECIDED;
    assignee = voter.name();
    closedAt = now;
    Vote cast =
        new Vote(UuidCreator.getTimeOrderedEpoch(), this, voter, decision, digest, reason, now);
    vote = cast;
    request.touch();
    return cast;
  }

  /** Closes the stage because nobody decided in time. */
  public void expire(Instant now) {
    requireOpen("expire");
    status = StageStatus.EXPIRED;
    closedAt = now;
    request.touch();
  }

  private void requireOpen(String transition) {
    if (!status.isOpen()) {
      throw new NotPossibleNow(transition, "stage " + name, status.wire());
    }
  }

  /** The request that is reviewed. */
  public ApprovalRequest request() {
    return request;
  }

  /** The stage's id. */
  public UUID id() {
    return id;
  }

  /** The engine's process instance that carries this stage. */
  public String processInstance() {
    return processInstance;
  }

  /** The stage's name within its request. */
  public String name() {
    return name;
  }

  /** Whether a person or a machine reviews. */
  public StageKind kind() {
    return kind;
  }

  /** The role first asked. */
  public Role role() {
    return role;
  }

  /** The roles asked as well since, in the order of the escalation path. */
  public List<Role> escalatedTo() {
    return request.plan().escalationPath().subList(0, escalations);
  }

  /** Whether somebody in this role may decide here. */
  public boolean isOpenTo(Role candidate) {
    return candidate == role || escalatedTo().contains(candidate);
  }

  /** How far it has come. */
  public StageStatus status() {
    return status;
  }

  /** The username of who has taken it. */
  public Optional<String> assignee() {
    return Optional.ofNullable(assignee);
  }

  /** When it was opened. */
  public Instant openedAt() {
    return openedAt;
  }

  /** When it ends without a decision. */
  public Instant deadline() {
    return deadline;
  }

  /** How many roles of the escalation path were asked as well. */
  public int escalations() {
    return escalations;
  }

  /** How many reminders there were. */
  public int reminders() {
    return reminders;
  }

  /** What was said, once somebody has. */
  public Optional<Vote> vote() {
    return Optional.ofNullable(vote);
  }
}
