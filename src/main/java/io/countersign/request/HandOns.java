package io.countersign.request;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who handed a review on to whom. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class HandOns {

  private final EntityManager entities;
  private final Clock clock;

  HandOns(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** Records that one person, by subject, gave a review to another. */
  public void add(Stage stage, String from, String to) {
    entities.persist(new HandOn(stage, from, to, clock.instant()));
  }

  /** All of a request, whichever of its stages they were about. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public List<HandOn> of(ApprovalRequest request) {
    return entities
        .createQuery("from HandOn h where h.requestId = :request order by h.id", HandOn.class)
        .setParameter("request", request.id().uuid())
        .getResultList();
  }
}
