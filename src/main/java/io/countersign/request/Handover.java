package io.countersign.request;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.request.Vote.Voter;
import io.countersign.sealing.Sealed;
import io.countersign.shared.Role;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** That one person left a stage to another role, another person, or all who may decide. */
@Entity
@Immutable
public class Handover {

  @Id private UUID id;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  private ApprovalRequest request;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  private Stage stage;

  private String person;
  private String personName;
  private Decision decision;
  private @Nullable Role role;
  private @Nullable String recipient;
  private @Nullable String recipientSubject;
  private @Nullable Sealed reason;
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Handover() {}

  Handover(Stage stage, Voter from, Decision decision, To to, Instant now) {
    this.id = UuidCreator.getTimeOrderedEpoch();
    this.request = stage.request();
    this.stage = stage;
    this.person = from.subject();
    this.personName = from.name();
    this.decision = decision;
    this.role = to.role();
    this.recipient = to.person();
    this.recipientSubject = to.personSubject();
    this.reason = Sealed.ofNullable(request.id(), to.reason());
    this.createdAt = now;
  }

  /**
   * Who it was left to.
   *
   * @param role another role; only with {@code redirect}
   * @param person a username; only with {@code hand_on}
   * @param personSubject that person's Keycloak subject
   */
  public record To(
      @Nullable Role role,
      @Nullable String person,
      @Nullable String personSubject,
      @Nullable String reason) {}

  /** Where. */
  public Stage stage() {
    return stage;
  }

  /** The Keycloak subject of who left it. */
  public String person() {
    return person;
  }

  /** The username of who left it. */
  public String personName() {
    return personName;
  }

  /** How it was left. */
  public Decision decision() {
    return decision;
  }

  /** The role it was left to. */
  public Optional<Role> role() {
    return Optional.ofNullable(role);
  }

  /** The username it was left to. */
  public Optional<String> recipient() {
    return Optional.ofNullable(recipient);
  }

  /** The Keycloak subject of who it was left to. */
  public Optional<String> recipientSubject() {
    return Optional.ofNullable(recipientSubject);
  }

  /** Why. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason).map(Sealed::text);
  }

  /** When. */
  public Instant at() {
    return createdAt;
  }
}
