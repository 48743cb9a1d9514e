package io.countersign.request;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.request.Vote.Ballot;
import io.countersign.request.Vote.Voter;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Role;
import io.countersign.shared.StageKind;
import io.countersign.shared.StagePlan;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.jspecify.annotations.Nullable;

/**
 * One review that a request owes: a stage of its chain, or one seat of a stage that several people
 * decide together.
 */
@Entity
@DynamicUpdate
public class Stage {

  @Id private UUID id;
  @Version private long version;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  private ApprovalRequest request;

  private @Nullable String processInstance;
  private int position;
  private String name;
  private String part;
  private StageKind kind;
  private int step;
  private int quorum;

  @Convert(converter = RoleList.class)
  private List<Role> roles;

  @Convert(converter = RoleList.class)
  private List<Role> escalationPath;

  private @Nullable String reviewer;
  private int round;
  private int escalations;
  private StageStatus status;
  private @Nullable String assignee;
  private @Nullable Instant givenAt;
  private @Nullable Instant openedAt;
  private @Nullable Instant deadline;
  private @Nullable Instant pausedAt;
  private @Nullable Instant informationDue;
  private int reminders;
  private @Nullable Instant closedAt;

  @OneToMany(mappedBy = "stage", cascade = CascadeType.PERSIST)
  @OrderBy("createdAt")
  @Fetch(FetchMode.SUBSELECT)
  private List<Vote> votes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Stage() {}

  Stage(ApprovalRequest request, int position, String name, StagePlan plan) {
    this.id = UuidCreator.getTimeOrderedEpoch();
    this.request = request;
    this.position = position;
    this.name = name;
    this.part = plan.name();
    this.kind = plan.kind();
    this.step = plan.step();
    this.quorum = plan.quorum();
    this.roles = plan.roles();
    this.escalationPath = plan.escalationPath();
    this.reviewer = plan.reviewer();
    this.status = StageStatus.WAITING;
  }

  /**
   * Asks: the first time, or again because what was approved here is no longer what is proposed.
   *
   * @param until when it ends without a decision
   */
  void open(String instance, Instant until, Instant now) {
    if (status == StageStatus.EXPIRED || status == StageStatus.WITHDRAWN || status.isRunning()) {
      throw new NotPossibleNow("open", "stage " + name, status.wire());
    }
    processInstance = instance;
    round++;
    status = StageStatus.OPEN;
    openedAt = now;
    deadline = until;
    escalations = 0;
    assignee = null;
    givenAt = null;
    closedAt = null;
    request.touch();
  }

  /** Notes who has taken the review, or that it was given back. */
  public void assignTo(@Nullable String username) {
    requireOpen("assign");
    this.assignee = username;
    this.givenAt = null;
    request.touch();
  }

  /** Notes to whom the review was given, who has not asked for it. */
  public void giveTo(String username, Instant now) {
    assignTo(username);
    this.givenAt = now;
  }

  /** Lets another role decide instead; nobody holds it then. */
  public void redirectTo(Role role) {
    requireOpen("redirect");
    roles = List.of(role);
    assignTo(null);
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
    if (escalations >= escalationPath.size()) {
      return Optional.empty();
    }
    request.touch();
    return Optional.of(escalationPath.get(escalations++));
  }

  /**
   * Records what somebody said who thereby ends the stage.
   *
   * @throws NotPossibleNow if the stage is not open
   */
  public Vote decide(Voter voter, Ballot ballot, Instant now) {
    requireOpen("decide");
    if (!ballot.decision().isVote() || ballot.decision().isMachines() != (kind == StageKind.AI)) {
      throw new NotPossibleNow(ballot.decision().wire(), "stage " + name, "of another kind");
    }
    status = StageStatus.DECIDED;
    assignee = voter.name();
    closedAt = now;
    Vote cast = new Vote(UuidCreator.getTimeOrderedEpoch(), this, voter, ballot, now);
    votes.add(cast);
    request.heard(cast, this, now);
    return cast;
  }

  /** Stops the clock of the review; until {@code due} the agent has to answer. */
  void awaitInformation(Instant due, Instant now) {
    requireOpen("ask in");
    status = StageStatus.INFORMATION_REQUESTED;
    pausedAt = now;
    informationDue = due;
    request.touch();
  }

  /** Lets the clock go on with the time that was left. */
  void resume(Instant now) {
    if (status != StageStatus.INFORMATION_REQUESTED || pausedAt == null) {
      throw new NotPossibleNow("resume", "stage " + name, status.wire());
    }
    ReviewPlan plan = request.plan();
    status = StageStatus.OPEN;
    openedAt = plan.before(now, plan.between(openedAt(), pausedAt));
    deadline = plan.after(now, plan.between(pausedAt, deadline()));
    pausedAt = null;
    informationDue = null;
    request.touch();
  }

  /** Closes the stage because nobody decided in time. */
  public void expire(Instant now) {
    requireOpen("expire");
    end(StageStatus.EXPIRED, now);
    request.touch();
  }

  /** Closes a stage of a registered reviewer that was never asked. */
  void skip(Instant now) {
    if (kind != StageKind.AI || status != StageStatus.WAITING) {
      throw new NotPossibleNow("skip", "stage " + name, status.wire());
    }
    end(StageStatus.SKIPPED, now);
  }

  /** Closes the stage because it is not needed any more. */
  void end(StageStatus how, Instant now) {
    status = how;
    closedAt = now;
    pausedAt = null;
    informationDue = null;
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

  /** The engine's process instance that carries this stage now; nothing while it waits. */
  public Optional<String> processInstance() {
    return Optional.ofNullable(processInstance);
  }

  /** The stage's name within its request. */
  public String name() {
    return name;
  }

  /** The name of the stage of which this is a seat; its own name where it is the only one. */
  public String part() {
    return part;
  }

  /** Whether people or a registered reviewer look. */
  public StageKind kind() {
    return kind;
  }

  /** Stages of the same step are asked at the same time. */
  public int step() {
    return step;
  }

  /** How many different people have to approve in this part. */
  public int quorum() {
    return quorum;
  }

  /** Who may decide at first, or since it was redirected. */
  public List<Role> roles() {
    return roles;
  }

  /** The client id of the registered reviewer. */
  public Optional<String> reviewer() {
    return Optional.ofNullable(reviewer);
  }

  /** The roles to be asked as well, in order. */
  public List<Role> escalationPath() {
    return escalationPath;
  }

  /** The roles asked as well since, in the order of the escalation path. */
  public List<Role> escalatedTo() {
    return escalationPath.subList(0, escalations);
  }

  /** Whether somebody in this role may decide here. */
  public boolean isOpenTo(Role candidate) {
    return roles.contains(candidate) || escalatedTo().contains(candidate);
  }

  /** How far it has come. */
  public StageStatus status() {
    return status;
  }

  /** How often it was asked. */
  public int round() {
    return round;
  }

  /** The username of who has taken it. */
  public Optional<String> assignee() {
    return Optional.ofNullable(assignee);
  }

  /** When it was given to who holds it; nothing if they took it themselves. */
  public Optional<Instant> givenAt() {
    return Optional.ofNullable(givenAt);
  }

  /**
   * When it was opened last, moved on by the time its clock stood still.
   *
   * @throws NotPossibleNow while it waits for its turn
   */
  public Instant openedAt() {
    if (openedAt == null) {
      throw new NotPossibleNow("time", "stage " + name, status.wire());
    }
    return openedAt;
  }

  /** When its clock runs out: the review's, or while information is awaited, the agent's. */
  public Instant clockEnds() {
    return informationDue == null ? deadline() : informationDue;
  }

  /**
   * When it ends without a decision, should its clock not stand still meanwhile.
   *
   * @throws NotPossibleNow while it waits for its turn
   */
  public Instant deadline() {
    if (deadline == null) {
      throw new NotPossibleNow("time", "stage " + name, status.wire());
    }
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

  /** Everything said here, in order; what was said about an earlier version is kept. */
  public List<Vote> votes() {
    return List.copyOf(votes);
  }

  /** What was said last. */
  public Optional<Vote> vote() {
    return votes.isEmpty() ? Optional.empty() : Optional.of(votes.get(votes.size() - 1));
  }

  /** Whether a person approved exactly this content here. */
  boolean approves(ActionDigest content) {
    return kind == StageKind.PERSON
        && votes.stream().anyMatch(vote -> vote.approves() && vote.digest().equals(content));
  }
}
