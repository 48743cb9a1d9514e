package io.countersign.request;

import io.countersign.request.Figures.Group;
import io.countersign.request.Figures.Held;
import io.countersign.request.Figures.Missed;
import io.countersign.request.Figures.Proposed;
import io.countersign.request.Figures.Streak;
import io.countersign.request.Figures.Voted;
import io.countersign.shared.Route;
import io.countersign.shared.WireName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts a period in five statements. Votes and deadlines of objection windows are left out: there
 * the action has run already, and silence is no miss.
 */
@Repository
public class Performance {

  private static final int LONGEST_SECONDS = 30;

  private static final String ACTION =
      "case when r.severity is null then '' else r.action end as action";

  private static final String WANTED = " and (:action::text is null or r.action = :action)";

  private static final String PROPOSED =
      """
      select action, start, null as person, route, status, count(*) as count
      from (
        select %s, date_trunc(:by, r.created_at at time zone 'UTC')::date as start, r.route, r.status
        from approval_request r
        where r.created_at >= :begins and r.created_at < :ends %s
      ) found
      group by grouping sets ((route, status), (action, route, status), (start, route, status))
      """
          .formatted(ACTION, WANTED);

  private static final String VOTES =
      """
      with cast_vote as (
        select v.id, v.person, v.person_name, v.decision, v.created_at, %s,
          date_trunc(:by, v.created_at at time zone 'UTC')::date as start,
          extract(epoch from v.created_at - v.opened_at) as seconds,
          r.words * 60.0 / :wordsPerMinute as reading,
          v.decision in ('approve', 'edit', 'reject', 'revise') as considered,
          v.decision = 'approve' and not exists (
            select from question q
            where q.request_id = v.request_id and q.stage_id = v.stage_id and q.person = v.person
          ) as waved
        from vote v join approval_request r on r.id = v.request_id
        where v.created_at >= :begins and v.created_at < :ends
          and v.decision not in ('pass', 'warn', 'veto') and r.mode <> 'objection_window' %s
      )
      """
          .formatted(ACTION, WANTED);

  private static final String VOTED =
      VOTES
          + """
          select action, start, person,
            (array_agg(person_name order by created_at desc, id desc))[1] as name,
            count(*) as count,
            count(*) filter (where decision = 'approve') as approved,
            count(*) filter (where decision = 'edit') as edited,
            count(*) filter (where decision = 'reject') as rejected,
            count(*) filter (where decision = 'revise') as revised,
            count(*) filter (where considered) as considered,
            count(*) filter (where considered and not waved) as stepped_in,
            count(seconds) as timed,
            percentile_cont(0.5) within group (order by seconds) as median,
            percentile_cont(0.95) within group (order by seconds) as p95,
            count(seconds + reading) filter (where decision in ('approve', 'edit')) as readable,
            count(*) filter (where decision in ('approve', 'edit') and seconds < reading)
              as too_fast
          from cast_vote
          group by grouping sets ((), (action), (start), (person), (person, action))
          """;

  private static final String STREAKS =
      VOTES
          + """
          select person, max(length) as longest
          from (
            select person, count(*) as length
            from (
              select person, waved,
                count(*) filter (where not waved) over (partition by person order by created_at, id)
                  as streak
              from cast_vote where considered
            ) numbered
            where waved group by person, streak
          ) counted
          group by person
          """;

  private static final String MISSED =
      """
      select action, start, null as person, count(*) as count
      from (
        select %s, date_trunc(:by, s.closed_at at time zone 'UTC')::date as start
        from stage s join approval_request r on r.id = s.request_id
        where s.status = 'expired' and s.kind = 'person' and r.mode <> 'objection_window'
          and s.closed_at >= :begins and s.closed_at < :ends %s
      ) found
      group by grouping sets ((), (action), (start))
      """
          .formatted(ACTION, WANTED);

  private static final String HELD =
      """
      select s.assignee, count(*) as count
      from stage s join approval_request r on r.id = s.request_id
      where s.status in ('open', 'information_requested') and s.kind = 'person'
        and r.mode <> 'objection_window' %s
      group by s.assignee
      """
          .formatted(WANTED);

  private final JdbcClient jdbc;

  Performance(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Counts, all of it as of one moment. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ, timeout = LONGEST_SECONDS)
  public Figures of(Period period, int wordsPerMinute) {
    return new Figures(
        spanned(PROPOSED, period).query(Performance::proposed).list(),
        spanned(VOTED, period)
            .param("wordsPerMinute", wordsPerMinute)
            .query(Performance::voted)
            .list(),
        spanned(MISSED, period)
            .query((row, n) -> new Missed(group(row), row.getLong("count")))
            .list(),
        spanned(STREAKS, period)
            .param("wordsPerMinute", wordsPerMinute)
            .query((row, n) -> new Streak(row.getString("person"), row.getLong("longest")))
            .list(),
        jdbc.sql(HELD)
            .param("action", period.action().orElse(null))
            .query((row, n) -> new Held(row.getString("assignee"), row.getLong("count")))
            .list());
  }

  private StatementSpec spanned(String sql, Period period) {
    return jdbc.sql(sql)
        .param("by", period.by().wire())
        .param("begins", Timestamp.from(period.begins()))
        .param("ends", Timestamp.from(period.ends()))
        .param("action", period.action().orElse(null));
  }

  private static Group group(ResultSet row) throws SQLException {
    return new Group(
        row.getString("action"), row.getObject("start", LocalDate.class), row.getString("person"));
  }

  private static Proposed proposed(ResultSet row, int n) throws SQLException {
    return new Proposed(
        group(row),
        WireName.parse(Route.class, row.getString("route")),
        WireName.parse(Status.class, row.getString("status")),
        row.getLong("count"));
  }

  private static Voted voted(ResultSet row, int n) throws SQLException {
    return new Voted(
        group(row),
        row.getString("name"),
        row.getLong("count"),
        row.getLong("approved"),
        row.getLong("edited"),
        row.getLong("rejected"),
        row.getLong("revised"),
        row.getLong("considered"),
        row.getLong("stepped_in"),
        row.getLong("timed"),
        row.getObject("median", Double.class),
        row.getObject("p95", Double.class),
        row.getLong("readable"),
        row.getLong("too_fast"));
  }
}
