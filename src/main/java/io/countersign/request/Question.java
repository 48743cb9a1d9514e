package io.countersign.request;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.request.Vote.Voter;
import io.countersign.sealing.Sealed;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** What a reviewer asked the agent, and what it answered. Both are written once. */
@Entity
@DynamicUpdate
public class Question {

  @Id private UUID id;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  private ApprovalRequest request;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  private Stage stage;

  private String person;
  private String personName;
  private Sealed question;
  private Instant askedAt;
  private Instant dueAt;
  private @Nullable Sealed answer;
  private @Nullable String answeredBy;
  private @Nullable Instant closedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Question() {}

  Question(Stage stage, Voter asker, String question, Instant due, Instant now) {
    this.id = UuidCreator.getTimeOrderedEpoch();
    this.request = stage.request();
    this.stage = stage;
    this.person = asker.subject();
    this.personName = asker.name();
    this.question = Sealed.of(request.id(), question);
    this.askedAt = now;
    this.dueAt = due;
  }

  void answer(String given, String by, Instant now) {
    requireOpen("answer");
    answer = Sealed.of(request.id(), given);
    answeredBy = by;
    closedAt = now;
  }

  void leaveUnanswered(Instant now) {
    requireOpen("give up");
    closedAt = now;
  }

  private void requireOpen(String transition) {
    if (closedAt != null) {
      throw new NotPossibleNow(
          transition, "question " + id, answer == null ? "unanswered for good" : "answered");
    }
  }

  /** The question's id. */
  public UUID id() {
    return id;
  }

  /** Where it was asked. */
  public Stage stage() {
    return stage;
  }

  /** The Keycloak subject of who asked. */
  public String person() {
    return person;
  }

  /** The username of who asked. */
  public String personName() {
    return personName;
  }

  /** The question. */
  public String text() {
    return question.text();
  }

  /** When it was asked. */
  public Instant askedAt() {
    return askedAt;
  }

  /** Until when the agent has to answer. */
  public Instant dueAt() {
    return dueAt;
  }

  /** Whether an answer is still awaited. */
  public boolean isOpen() {
    return closedAt == null;
  }

  /** The answer; nothing as long as there is none, or if none came in time. */
  public Optional<String> answer() {
    return Optional.ofNullable(answer).map(Sealed::text);
  }

  /** The service account that answered. */
  public Optional<String> answeredBy() {
    return Optional.ofNullable(answeredBy);
  }

  /** When it was answered, or given up. */
  public Optional<Instant> closedAt() {
    return Optional.ofNullable(closedAt);
  }
}
