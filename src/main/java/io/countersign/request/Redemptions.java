package io.countersign.request;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which grants were used, and which may still be. Every write joins the caller's transaction. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class Redemptions {

  private static final String STATE =
      """
      select case
        when exists (select from redemption where grant_id = :grant) then 'REDEEMED'
        when exists (
          select from operator_override
          where ended_at is null and ends_at > :now and route = 'block' and (
            scope = 'all'
            or scope = 'action' and target = :action
            or scope = 'agent' and target = :agent
            or scope = 'run' and target = cast(:run as text)
            or scope = 'policy' and target = :policy)) then 'STOPPED'
        else 'READY' end
      """;

  private final EntityManager entities;
  private final AuditTrail audit;
  private final Clock clock;

  Redemptions(EntityManager entities, AuditTrail audit, Clock clock) {
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether the action of a request may be carried out now, read freshly. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public GrantStatus status(ApprovalRequest request) {
    if (!request.holdsApproval()) {
      return GrantStatus.NONE;
    }
    GrantStatus stored =
        GrantStatus.valueOf(
            (String)
                entities
                    .createNativeQuery(STATE, String.class)
                    .setParameter("grant", request.grantId().orElseThrow())
                    .setParameter("now", clock.instant())
                    .setParameter("action", request.action())
                    .setParameter("agent", request.agent())
                    .setParameter("run", request.run().orElse(null))
                    .setParameter("policy", request.policyVersion())
                    .getSingleResult());
    return stored == GrantStatus.READY && isOver(request) ? GrantStatus.ENDED : stored;
  }

  private boolean isOver(ApprovalRequest request) {
    Instant now = clock.instant();
    return request.grantUntil().filter(now::isBefore).isEmpty();
  }

  /** The use of this request's grant, if it was used. */
  public Optional<Redemption> of(ApprovalRequest request) {
    return request.grantId().map(id -> entities.find(Redemption.class, id));
  }

  /** Whether the executor has used a grant under this key. */
  public boolean isUsed(String executor, String idempotencyKey) {
    return !entities
        .createQuery(
            "from Redemption r where r.executor = :executor and r.idempotencyKey = :key",
            Redemption.class)
        .setParameter("executor", executor)
        .setParameter("key", idempotencyKey)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** Uses the grant of a request that the caller has locked, for good. */
  public Redemption redeem(ApprovalRequest request, String executor, String idempotencyKey) {
    Redemption redemption = new Redemption(request, executor, idempotencyKey, clock.instant());
    entities.persist(redemption);
    audit.append(
        AuditEvent.of(
            "grant.redeemed",
            request.id(),
            "service:" + executor,
            Map.of(
                "grant", request.grantId().orElseThrow().toString(),
                "actionDigest", request.decidedDigest().orElseThrow())));
    return redemption;
  }
}
