package io.countersign.request;

import io.countersign.shared.RequestId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How many open reviews people hold. */
@Repository
@Transactional(readOnly = true)
public class StageLoads {

  private final EntityManager entities;

  StageLoads(EntityManager entities) {
    this.entities = entities;
  }

  /** By user name; whoever holds none is not in it. */
  public Map<String, Long> of(Collection<String> usernames) {
    if (usernames.isEmpty()) {
      return Map.of();
    }
    return entities
        .createQuery(
            "select s.assignee as who, count(s) as held from Stage s"
                + " where s.closedAt is null and s.assignee in :who group by s.assignee",
            Tuple.class)
        .setParameter("who", usernames)
        .getResultStream()
        .collect(
            Collectors.toMap(
                row -> row.get("who", String.class), row -> row.get("held", Long.class)));
  }

  /** The open reviews that somebody holds, in an order that is the same for everybody who locks. */
  public List<Held> heldBy(String username) {
    return entities
        .createQuery(
            "select s.request.id as request, s.id as stage from Stage s where s.closedAt is null"
                + " and s.assignee = :who order by s.request.id, s.id",
            Tuple.class)
        .setParameter("who", username)
        .getResultStream()
        .map(
            row ->
                new Held(
                    new RequestId(row.get("request", UUID.class)), row.get("stage", UUID.class)))
        .toList();
  }

  /** A review that somebody holds. */
  public record Held(RequestId request, UUID stage) {}
}
