package io.countersign.request;

import io.countersign.shared.RequestId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody who looks back is after. What agents and people wrote is sealed, so nothing can be
 * found by it.
 *
 * @param reviewer the user name of somebody who said something of it
 * @param before only requests older than this one (keyset paging)
 * @param limit at most this many
 */
public record HistoryQuery(
    Optional<RequestId> id,
    Optional<Status> status,
    Optional<String> action,
    Optional<String> agent,
    Optional<String> reviewer,
    Optional<RequestId> before,
    int limit) {

  List<ApprovalRequest> in(EntityManager entities) {
    CriteriaBuilder is = entities.getCriteriaBuilder();
    CriteriaQuery<ApprovalRequest> query = is.createQuery(ApprovalRequest.class);
    Root<ApprovalRequest> request = query.from(ApprovalRequest.class);
    List<Predicate> wanted = new ArrayList<>();
    id.ifPresent(value -> wanted.add(is.equal(request.get("id"), value.uuid())));
    status.ifPresent(value -> wanted.add(is.equal(request.get("status"), value)));
    action.ifPresent(value -> wanted.add(is.equal(request.get("action"), value)));
    agent.ifPresent(value -> wanted.add(is.equal(request.get("agent"), value)));
    reviewer.ifPresent(value -> wanted.add(request.get("id").in(votedOnBy(value, query, is))));
    before.ifPresent(value -> wanted.add(is.lessThan(request.<UUID>get("id"), value.uuid())));
    query
        .select(request)
        .where(wanted.toArray(Predicate[]::new))
        .orderBy(is.desc(request.get("id")));
    return entities.createQuery(query).setMaxResults(limit).getResultList();
  }

  private static Subquery<UUID> votedOnBy(
      String name, CriteriaQuery<ApprovalRequest> query, CriteriaBuilder is) {
    Subquery<UUID> votes = query.subquery(UUID.class);
    Root<Vote> vote = votes.from(Vote.class);
    return votes.select(vote.get("requestId")).where(is.equal(vote.get("personName"), name));
  }
}
