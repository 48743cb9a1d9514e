package io.countersign.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.sealing.RequestKeys;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Reason;
import io.countersign.shared.RequestId;
import io.countersign.shared.json.CanonicalJson;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The approval requests, with what was proposed and received. Every write joins the caller's
 * transaction.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class ApprovalRequests {

  private final EntityManager entities;
  private final RequestKeys keys;
  private final AuditTrail audit;
  private final Clock clock;

  ApprovalRequests(EntityManager entities, RequestKeys keys, AuditTrail audit, Clock clock) {
    this.entities = entities;
    this.keys = keys;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Holds a client's idempotency key until the end of the transaction.
   *
   * @return false if another transaction is handling the same key right now
   */
  public boolean holdKey(String client, String idempotencyKey) {
    return (Boolean)
        entities
            .createNativeQuery(
                "select pg_try_advisory_xact_lock(hashtextextended(:key, 0))", Boolean.class)
            .setParameter("key", client + "\n" + idempotencyKey)
            .getSingleResult();
  }

  /** The request that the agent handed in under this key. */
  public Optional<ApprovalRequest> findByKey(String agent, String idempotencyKey) {
    return entities
        .createQuery(
            "from ApprovalRequest r where r.agent = :agent and r.idempotencyKey = :key",
            ApprovalRequest.class)
        .setParameter("agent", agent)
        .setParameter("key", idempotencyKey)
        .getResultStream()
        .findFirst();
  }

  /** The requests of a plan, in the order of its steps; none if there is no such plan. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public List<ApprovalRequest> ofPlan(UUID plan) {
    return entities
        .createQuery(
            "from ApprovalRequest r where r.planId = :plan order by r.planStep",
            ApprovalRequest.class)
        .setParameter("plan", plan)
        .getResultList();
  }

  /**
   * The subject that the agent's owner of that name had when it proposed before. The name stays in
   * the agent's token when its owner gets another one, and then means nobody.
   */
  public Optional<String> ownerSubjectSoFar(String agent, String owner) {
    return entities
        .createQuery(
            "select r.ownerSubject from ApprovalRequest r where r.agent = :agent"
                + " and r.owner = :owner and r.ownerSubject is not null order by r.id desc",
            String.class)
        .setParameter("agent", agent)
        .setParameter("owner", owner)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** Stores a request with the content it is bound to, the body as received, and an audit entry. */
  public void add(ApprovalRequest request, Proposal proposal, byte[] received) {
    keys.create(request.id());
    entities.persist(request);
    entities.persist(
        content(request.id(), request.actionDigest(), proposal, "agent:" + request.agent()));
    entities.persist(new Handoff(request.id().uuid(), received));
    audit.append(
        AuditEvent.of(
            "request.proposed", request.id(), "agent:" + request.agent(), facts(request)));
  }

  /**
   * Stores what is claimed to have become of an approved action.
   *
   * @return false if the same was said last; nothing is stored then
   */
  public boolean addReport(ApprovalRequest request, String by, OutcomeReport.Claim claim) {
    boolean said =
        entities
            .createQuery(
                "from OutcomeReport r where r.requestId = :id order by r.id desc",
                OutcomeReport.class)
            .setParameter("id", request.id().uuid())
            .setMaxResults(1)
            .getResultStream()
            .anyMatch(last -> last.says(by, claim));
    if (!said) {
      entities.persist(new OutcomeReport(request.id(), by, claim, clock.instant()));
      audit.append(
          AuditEvent.of(
              "outcome.reported",
              request.id(),
              "service:" + by,
              Map.of("result", claim.result().wire())));
    }
    return !said;
  }

  /** Puts on record that an action of a mode that alerts went past people. */
  public void alert(ApprovalRequest request) {
    Map<String, Object> facts = Map.of("action", request.action(), "mode", request.mode().wire());
    audit.append(AuditEvent.of("alert.ran_unasked", request.id(), "system", facts));
  }

  /** Writes what is pending, so that versions are what readers will see. */
  public void settle() {
    entities.flush();
  }

  private static Map<String, Object> facts(ApprovalRequest request) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("action", request.action());
    facts.put("actionDigest", request.actionDigest());
    facts.put("bodyDigest", new ActionDigest("sha-256:" + request.bodyDigest()));
    facts.put("policyVersion", request.policyVersion());
    facts.put("route", request.route().wire());
    facts.put("status", request.status().wire());
    facts.put("rules", request.reasons().stream().map(Reason::rule).toList());
    request.grantId().ifPresent(grant -> facts.put("grant", grant.toString()));
    return facts;
  }

  private ActionContent content(RequestId id, ActionDigest digest, Proposal proposal, String by) {
    byte[] bytes =
        CanonicalJson.bytes(CanonicalJson.action(proposal.action(), proposal.parameters()));
    return new ActionContent(id.uuid(), digest, bytes, by, clock.instant());
  }

  /** Stores an edited action beside the proposed one; the same edit twice is stored once. */
  public ActionDigest addEdit(ApprovalRequest request, JsonNode parameters, String by) {
    ActionDigest digest = CanonicalJson.digest(request.action(), parameters);
    ActionContent.Key key = new ActionContent.Key(request.id().uuid(), digest.value());
    if (entities.find(ActionContent.class, key) == null) {
      byte[] bytes = CanonicalJson.bytes(CanonicalJson.action(request.action(), parameters));
      entities.persist(new ActionContent(request.id().uuid(), digest, bytes, by, clock.instant()));
    }
    return digest;
  }

  /** The request of that id. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public Optional<ApprovalRequest> find(RequestId id) {
    return Optional.ofNullable(entities.find(ApprovalRequest.class, id.uuid()));
  }

  /**
   * The request of that id, locked until the end of the transaction.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ApprovalRequest lock(RequestId id) {
    return findLocked(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no request " + id));
  }

  /** The request of that id, if there is one, locked until the end of the transaction. */
  public Optional<ApprovalRequest> findLocked(RequestId id) {
    return Optional.ofNullable(
        entities.find(ApprovalRequest.class, id.uuid(), LockModeType.PESSIMISTIC_WRITE));
  }

  /**
   * The review of that request that an instance of the stage's process carries, with the request
   * locked until the end of the transaction. The lock comes first: what is read after it is what
   * the one before has left.
   */
  public Optional<Stage> lockStage(RequestId id, String processInstance) {
    return findLocked(id).flatMap(request -> request.stageOf(processInstance));
  }

  /** The version of a request, read freshly. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public Optional<Long> version(RequestId id) {
    return entities
        .createQuery("select r.version from ApprovalRequest r where r.id = :id", Long.class)
        .setParameter("id", id.uuid())
        .getResultStream()
        .findFirst();
  }

  /** Newest first, for those who look back. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public List<ApprovalRequest> history(HistoryQuery query) {
    List<ApprovalRequest> found = query.in(entities);
    keys.fetch(found.stream().map(ApprovalRequest::id).toList());
    return found;
  }

  /** The canonical bytes of {@code {action, parameters}} under this digest. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public byte[] content(RequestId id, ActionDigest digest) {
    ActionContent content =
        entities.find(ActionContent.class, new ActionContent.Key(id.uuid(), digest.value()));
    if (content == null) {
      throw new IllegalArgumentException("nothing is stored under " + digest + " of " + id);
    }
    return content.content();
  }

  /** The body exactly as the agent sent it. */
  @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
  public byte[] received(RequestId id) {
    return entities.find(Handoff.class, id.uuid()).received();
  }
}
