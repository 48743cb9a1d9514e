package io.countersign.request;

import io.countersign.request.InboxQuery.Held;
import io.countersign.request.InboxQuery.Place;
import io.countersign.sealing.RequestKeys;
import io.countersign.shared.Role;
import io.countersign.shared.Severity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * What waits for somebody: open reviews that are open to their roles, that nobody else holds, about
 * which they have not said anything yet, and behind which they do not stand themselves.
 *
 * <p>Read from rows of its own, one for each role that is asked, which the database keeps. Only a
 * review that somebody behind the request handed on is in it for whoever got it, who may not decide
 * it either.
 */
@Repository
@Transactional(readOnly = true)
public class Inbox {

  private static final int GRAVEST_OF_LOW = 2;

  private static final String FOR_THEM =
      """
       (i.assignee is null or i.assignee = :name)
       and not i.parties && cast(array[:party, :partyName] as text[])
       and (:action = '' or i.action = :action)
       and i.rank between :gravest and :leastGrave
       and (:held = '' or (:held = 'me') = (i.assignee is not null))
       and not exists (select 1 from vote v join stage s on s.id = v.stage_id
         join approval_request r on r.id = v.request_id
         where v.request_id = i.request_id and v.person = :subject
           and v.action_digest = r.current_digest and s.part = i.part)
      """;

  private static final String PAGE =
      "select distinct q.rank, q.deadline, q.stage_id from unnest(string_to_array(:roles, ','))"
          + " as asked(role) cross join lateral (select i.rank, i.deadline, i.stage_id"
          + " from inbox_row i where i.role = asked.role"
          + " and (i.rank, i.deadline, i.stage_id) > (:rank, :deadline, :stage) and"
          + FOR_THEM
          + " order by i.rank, i.deadline, i.stage_id limit :limit) q"
          + " order by q.rank, q.deadline, q.stage_id limit :limit";

  private static final String COUNT =
      "select i.action as action, count(distinct i.stage_id) as waiting from inbox_row i"
          + " where i.role = any(string_to_array(:roles, ',')) and"
          + FOR_THEM
          + " group by i.action order by min(i.rank), min(i.deadline)";

  private final EntityManager entities;
  private final RequestKeys keys;

  Inbox(EntityManager entities, RequestKeys keys) {
    this.entities = entities;
    this.keys = keys;
  }

  /**
   * How much waits.
   *
   * @param action what is to be done
   * @param count how many reviews of it
   */
  public record Group(String action, long count) {}

  /** What waits, in order, at most as many as asked for. */
  public List<Stage> page(InboxQuery query) {
    Place after = query.after().orElse(new Place(-1, Instant.EPOCH, new UUID(0, 0)));
    Query page =
        tuples(PAGE, query)
            .setParameter("rank", after.rank())
            .setParameter("deadline", after.deadline())
            .setParameter("stage", after.stage())
            .setParameter("limit", query.limit());
    return stages(rows(page).stream().map(row -> row.get("stage_id", UUID.class)).toList());
  }

  /** How much waits in all, by action, the gravest first. */
  public List<Group> groups(InboxQuery query) {
    return rows(tuples(COUNT, query)).stream()
        .map(row -> new Group(row.get("action", String.class), row.get("waiting", Long.class)))
        .toList();
  }

  @SuppressWarnings("unchecked") // native queries that were given the type Tuple
  private static List<Tuple> rows(Query query) {
    return query.getResultList();
  }

  private Query tuples(String sql, InboxQuery query) {
    InboxQuery.Person person = query.person();
    return entities
        .createNativeQuery(sql, Tuple.class)
        .setParameter(
            "roles", person.roles().stream().map(Role::realmName).collect(Collectors.joining(",")))
        .setParameter("subject", person.subject())
        .setParameter("name", person.name())
        .setParameter("party", "sub:" + person.subject())
        .setParameter("partyName", "name:" + person.name().toLowerCase(Locale.ROOT))
        .setParameter("action", query.action().orElse(""))
        .setParameter("gravest", query.severity().map(Inbox::gravest).orElse(0))
        .setParameter("leastGrave", query.severity().map(it -> gravest(it) + 1).orElse(3))
        .setParameter("held", query.held().map(Held::name).orElse("").toLowerCase(Locale.ROOT));
  }

  private List<Stage> stages(List<UUID> ids) {
    Map<UUID, Stage> found = new HashMap<>();
    entities
        .createQuery("from Stage s join fetch s.request where s.id in :ids", Stage.class)
        .setParameter("ids", ids)
        .getResultStream()
        .forEach(stage -> found.put(stage.id(), stage));
    keys.fetch(found.values().stream().map(stage -> stage.request().id()).distinct().toList());
    return ids.stream().map(found::get).toList();
  }

  /** Where a review stands in the order. */
  public static Place placeOf(Stage stage) {
    ApprovalRequest request = stage.request();
    int gravest = gravest(request.severity().orElse(Severity.LOW));
    boolean reversible = request.reversible().orElse(false);
    return new Place(reversible ? gravest + 1 : gravest, stage.deadline(), stage.id());
  }

  private static int gravest(Severity severity) {
    return severity == Severity.HIGH ? 0 : GRAVEST_OF_LOW;
  }
}
