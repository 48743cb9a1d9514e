package io.countersign.request;

import io.countersign.shared.Route;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What an operator tightened at once and for a time. It can be ended before that time only by two
 * people: one asks, another confirms.
 */
@Entity
@DynamicUpdate
public class OperatorOverride {

  /** The longest time for which one may be placed; what shall last longer belongs into policy. */
  public static final Duration LONGEST = Duration.ofDays(30);

  @Id private UUID id;
  @Version private long version;

  private OverrideScope scope;
  private @Nullable String target;
  private Route route;
  private String reason;
  private Instant endsAt;
  private String placedBy;
  private String placedByName;
  private Instant placedAt;

  private @Nullable String endingReason;
  private @Nullable String endingAskedBy;
  private @Nullable String endingAskedByName;
  private @Nullable Instant endingAskedAt;
  private @Nullable String endedBy;
  private @Nullable String endedByName;
  private @Nullable Instant endedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected OperatorOverride() {}

  /**
   * What an operator wants.
   *
   * @param target the action, run or agent; nothing where it is for all
   */
  public record Wish(
      OverrideScope scope, Optional<String> target, Route route, String reason, Instant until) {

    /** Refuses what would tighten nothing. */
    public Wish {
      if (route == Route.AUTO_APPROVE || target.isPresent() == (scope == OverrideScope.ALL)) {
        throw new IllegalArgumentException("an override tightens, and has a target or is for all");
      }
    }
  }

  /**
   * Somebody at a door.
   *
   * @param subject the Keycloak subject, by which people are told apart
   */
  public record Person(String subject, String name) {}

  static OperatorOverride place(UUID id, Wish wish, Person operator, Instant now) {
    if (!wish.until().isAfter(now) || wish.until().isAfter(now.plus(LONGEST))) {
      throw new IllegalArgumentException("an override ends within " + LONGEST);
    }
    OperatorOverride override = new OperatorOverride();
    override.id = id;
    override.scope = wish.scope();
    override.target = wish.target().orElse(null);
    override.route = wish.route();
    override.reason = wish.reason();
    override.endsAt = wish.until();
    override.placedBy = operator.subject();
    override.placedByName = operator.name();
    override.placedAt = now;
    return override;
  }

  void askEnding(String why, Person operator, Instant now) {
    requireInForce("end", now);
    endingReason = why;
    endingAskedBy = operator.subject();
    endingAskedByName = operator.name();
    endingAskedAt = now;
  }

  void confirmEnding(Person other, Instant now) {
    requireInForce("end", now);
    if (endingAskedBy == null) {
      throw new NotPossibleNow("confirm the end of", this, "not asked to end");
    }
    if (isAskedBy(other)) {
      throw new NotPossibleNow("confirm the end of", this, "asked to end by the same person");
    }
    endedBy = other.subject();
    endedByName = other.name();
    endedAt = now;
  }

  /** Whether this person asked for its end, so that another one has to confirm. */
  public boolean isAskedBy(Person person) {
    return person.subject().equals(endingAskedBy);
  }

  private void requireInForce(String transition, Instant now) {
    if (!isInForce(now)) {
      throw new NotPossibleNow(transition, this, "over");
    }
  }

  /** Whether it still tightens. */
  public boolean isInForce(Instant now) {
    return endedAt == null && now.isBefore(endsAt);
  }

  /** Its id. */
  public UUID id() {
    return id;
  }

  /** What was wanted. */
  public Wish wish() {
    return new Wish(scope, Optional.ofNullable(target), route, reason, endsAt);
  }

  /** The username of who placed it. */
  public String placedBy() {
    return placedByName;
  }

  /** When it was placed. */
  public Instant placedAt() {
    return placedAt;
  }

  /** Why it shall end early. */
  public Optional<String> endingReason() {
    return Optional.ofNullable(endingReason);
  }

  /** The username of who asked for its end. */
  public Optional<String> endingAskedBy() {
    return Optional.ofNullable(endingAskedByName);
  }

  /** When its end was asked for. */
  public Optional<Instant> endingAskedAt() {
    return Optional.ofNullable(endingAskedAt);
  }

  /** The username of who confirmed its end. */
  public Optional<String> endedBy() {
    return Optional.ofNullable(endedByName);
  }

  /** When it ended before its time. */
  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  @Override
  public String toString() {
    return "override " + id;
  }
}
