package io.countersign.request;

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

/** What one person said on one stage; written once. */
@Entity
@Immutable
public class Vote {

  @Id private UUID id;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  private Stage stage;

  private UUID requestId;
  private String person;
  private String personName;
  private String role;
  private Decision decision;

  @Column(name = "action_digest")
  private String digest;

  private @Nullable String reason;
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Vote() {}

  Vote(
      UUID id,
      Stage stage,
      Voter voter,
      Decision decision,
      ActionDigest digest,
      @Nullable String reason,
      Instant now) {
    this.id = id;
    this.stage = stage;
    this.requestId = stage.request().id().uuid();
    this.person = voter.subject();
    this.personName = voter.name();
    this.role = voter.role().realmName();
    this.decision = decision;
    this.digest = digest.value();
    this.reason = reason;
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

  /** Whether it lets the action through, as shown or as edited. */
  boolean approves() {
    return decision == Decision.APPROVE || decision == Decision.EDIT;
  }

  /** The action as it was shown, or as the voter edited it. */
  public ActionDigest digest() {
    return new ActionDigest(digest);
  }

  /** Why. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** When. */
  public Instant at() {
    return createdAt;
  }

  /** A person who votes, in the role that entitles them. */
  public record Voter(String subject, String name, Role role) {}
}
