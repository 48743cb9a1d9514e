package io.countersign.request;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.request.OperatorOverride.Person;
import io.countersign.request.OperatorOverride.Wish;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The operators' overrides; proposals see them from the next call on, on every node. */
@Service
@Transactional
public class Overrides {

  private final EntityManager entities;
  private final AuditTrail audit;
  private final Clock clock;

  Overrides(EntityManager entities, AuditTrail audit, Clock clock) {
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  /** Tightens at once. */
  public OperatorOverride place(Wish wish, Person operator) {
    OperatorOverride placed =
        OperatorOverride.place(UuidCreator.getTimeOrderedEpoch(), wish, operator, clock.instant());
    entities.persist(placed);
    record("override.placed", placed, operator);
    return placed;
  }

  /** Those in force, or all others; newest first. */
  @Transactional(readOnly = true)
  public List<OperatorOverride> list(boolean inForce, int limit) {
    return entities
        .createQuery(
            "from OperatorOverride o where "
                + (inForce
                    ? "o.endedAt is null and o.endsAt > :now"
                    : "o.endedAt is not null or o.endsAt <= :now")
                + " order by o.id desc",
            OperatorOverride.class)
        .setParameter("now", clock.instant())
        .setMaxResults(limit)
        .getResultList();
  }

  /**
   * Asks for the end before its time; nothing loosens yet.
   *
   * @throws NotPossibleNow if it is over
   */
  public Optional<OperatorOverride> askEnding(UUID id, String reason, Person operator) {
    return change(
        "override.ending_asked",
        id,
        operator,
        override -> override.askEnding(reason, operator, clock.instant()));
  }

  /**
   * Ends it, as somebody else has asked.
   *
   * @throws NotPossibleNow if it is over, nobody has asked, or the same person has
   */
  public Optional<OperatorOverride> confirmEnding(UUID id, Person other) {
    return change(
        "override.ended", id, other, override -> override.confirmEnding(other, clock.instant()));
  }

  private Optional<OperatorOverride> change(
      String type, UUID id, Person person, Consumer<OperatorOverride> transition) {
    Optional<OperatorOverride> found =
        Optional.ofNullable(
            entities.find(OperatorOverride.class, id, LockModeType.PESSIMISTIC_WRITE));
    found.ifPresent(
        override -> {
          transition.accept(override);
          record(type, override, person);
        });
    return found;
  }

  private void record(String type, OperatorOverride override, Person person) {
    Wish wish = override.wish();
    Map<String, Object> facts = new HashMap<>();
    facts.put("override", override.id().toString());
    facts.put("scope", wish.scope().wire());
    wish.target().ifPresent(target -> facts.put("target", target));
    facts.put("route", wish.route().wire());
    facts.put("until", wish.until().toString());
    audit.append(new AuditEvent(type, Optional.empty(), "person:" + person.subject(), facts));
  }
}
