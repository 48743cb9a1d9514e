package io.countersign.request;

import io.countersign.sealing.Sealed;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What one person, or one registered reviewer, said on one stage. Written once. */
@Entity
@Immutable
public class Vote {

  @Id private UUID id;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  private Stage stage;

  private UUID requestId;
  private int round;
  private String person;
  private String personName;
  private String role;
  private Decision decision;

  @Column(name = "action_digest")
  private String digest;

  private @Nullable String option;
  private @Nullable Sealed answer;
  private @Nullable Sealed reason;
  private @Nullable Instant openedAt;
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Vote() {}

  Vote(UUID id, Stage stage, Voter voter, Ballot ballot, Instant now) {
    this.id = id;
    this.stage = stage;
    this.requestId = stage.request().id().uuid();
    this.round = stage.round();
    this.person = voter.subject();
    this.personName = voter.name();
    this.role = voter.role().realmName();
    this.decision = ballot.decision();
    this.digest = ballot.digest().value();
    this.option = ballot.option();
    this.answer = Sealed.ofNullable(stage.request().id(), ballot.answer());
    this.reason = Sealed.ofNullable(stage.request().id(), ballot.reason());
    this.openedAt = stage.openedAt();
    this.createdAt = now;
  }

  /** The Keycloak subject of who voted. */
  public String person() {
    return person;
  }

  /** The username of who voted, as it was then. */
  public String personName() {
    return personName;
  }

  /** What was said. */
  public Decision decision() {
    return decision;
  }

  /** Whether it lets the action through: as shown, as edited, or as the option chosen. */
  boolean approves() {
    return decision == Decision.APPROVE || decision == Decision.EDIT || choosesAnAction();
  }

  private boolean choosesAnAction() {
    return decision == Decision.CHOOSE && answer == null;
  }

  /** Whether others are to be asked after it: it approves, or is advice. */
  public boolean letsGoOn() {
    return approves() || decision == Decision.PASS || decision == Decision.WARN;
  }

  /** Whether it answers the agent and lets nothing through. */
  boolean answers() {
    return decision == Decision.ANSWER || decision == Decision.CHOOSE && answer != null;
  }

  /** Whether it stops the action. */
  boolean rejects() {
    return decision == Decision.REJECT || decision == Decision.VETO;
  }

  /** The action as it was shown, or as the voter made it. */
  public ActionDigest digest() {
    return new ActionDigest(digest);
  }

  /** The id of the option that was chosen. */
  public Optional<String> option() {
    return Optional.ofNullable(option);
  }

  /** The answer, or the label of a chosen option that carries no action. */
  public Optional<String> answer() {
    return Optional.ofNullable(answer).map(Sealed::text);
  }

  /** Why. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason).map(Sealed::text);
  }

  /** When. */
  public Instant at() {
    return createdAt;
  }

  /** A person who votes, in the role that entitles them, or a registered reviewer. */
  public record Voter(String subject, String name, Role role) {}

  /**
   * What they say.
   *
   * @param digest the action as shown, or as it is after an edit or a choice
   * @param option the id of the chosen option
   * @param answer the answer in words; of a chosen option without an action, its label
   */
  public record Ballot(
      Decision decision,
      ActionDigest digest,
      @Nullable String option,
      @Nullable String answer,
      @Nullable String reason) {

    /** A decision without an option or an answer. */
    public static Ballot of(Decision decision, ActionDigest digest, @Nullable String reason) {
      return new Ballot(decision, digest, null, null, reason);
    }
  }
}
