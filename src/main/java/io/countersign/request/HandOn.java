package io.countersign.request;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One person handed a review on to another; written once. */
@Entity
@Table(name = "stage_hand_on")
public class HandOn {

  @Id private UUID id;
  private UUID requestId;
  private UUID stageId;
  private String fromSubject;
  private String toSubject;
  private Instant at;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected HandOn() {}

  HandOn(Stage stage, String from, String to, Instant at) {
    this.id = UuidCreator.getTimeOrderedEpoch();
    this.requestId = stage.request().id().uuid();
    this.stageId = stage.id();
    this.fromSubject = from;
    this.toSubject = to;
    this.at = at;
  }

  /** The subject of who gave it away. */
  public String from() {
    return fromSubject;
  }

  /** The subject of who got it. */
  public String to() {
    return toSubject;
  }
}
