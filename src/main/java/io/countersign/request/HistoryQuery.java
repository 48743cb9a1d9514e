package io.countersign.request;

import io.countersign.shared.RequestId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody who looks back is after.
 *
 * @param before only requests older than this one (keyset paging)
 * @param limit at most this many
 */
public record HistoryQuery(
    Optional<Status> status,
    Optional<String> action,
    Optional<String> agent,
    Optional<RequestId> before,
    int limit) {

  List<ApprovalRequest> in(EntityManager entities) {
    CriteriaBuilder is = entities.getCriteriaBuilder();
    CriteriaQuery<ApprovalRequest> query = is.createQuery(ApprovalRequest.class);
    Root<ApprovalRequest> request = query.from(ApprovalRequest.class);
    List<Predicate> wanted = new ArrayList<>();
    status.ifPresent(value -> wanted.add(is.equal(request.get("status"), value)));
    action.ifPresent(value -> wanted.add(is.equal(request.get("action"), value)));
    agent.ifPresent(value -> wanted.add(is.equal(request.get("agent"), value)));
    before.ifPresent(
        value -> wanted.add(is.lessThan(request.<java.util.UUID>get("id"), value.uuid())));
    query
        .select(request)
        .where(wanted.toArray(Predicate[]::new))
        .orderBy(is.desc(request.get("id")));
    return entities.createQuery(query).setMaxResults(limit).getResultList();
  }
}
