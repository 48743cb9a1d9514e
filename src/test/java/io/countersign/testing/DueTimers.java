package io.countersign.testing;

import io.countersign.dev.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Moves deadlines of open reviews in the database, and tells what became of them. */
public final class DueTimers implements AutoCloseable {

  private static final String TIMER = "handler_cfg_ = 'BoundaryEvent_DeadlinePassed'";

  private static final int ATTEMPTS = 50;
  private static final int TOGETHER = 100;

  private final SingleConnectionDataSource connection;
  private final JdbcClient jdbc;

  /**
   * What became of the reviews that fell due.
   *
   * @param expired how many ended, each in its own transaction
   * @param twice how many were concluded or handed to the sender more than once
   * @param rate how many ended a second, from the deadline to the last of them
   * @param first how late the first one ended, in milliseconds; then the median and so on
   */
  public record Drain(
      long expired, long twice, double rate, double first, double median, double p99, double last) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d expired (%d twice) at %.0f/s; late by %.0f ms first, %.0f median, %.0f p99, %.0f last",
          expired,
          twice,
          rate,
          first,
          median,
          p99,
          last);
    }
  }

  /** Works in this database, as its owner. */
  public DueTimers(Database database) {
    try {
      connection = new SingleConnectionDataSource(database.asOwner(), true);
      jdbc = JdbcClient.create(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets these reviews end that long from now, by the database's time, all at the same moment. */
  public void dueIn(Duration time, List<String> requests) {
    jdbc.sql("create temp table if not exists due (id uuid primary key, at timestamptz)").update();
    jdbc.sql("truncate due").update();
    jdbc.sql(
            "insert into due select substr(id, 5)::uuid,"
                + " date_trunc('milliseconds', now()) + ? * interval '1 millisecond'"
                + " from unnest(?) as id")
        .params(time.toMillis(), requests.toArray(String[]::new))
        .update();
    for (int from = 0; from < requests.size(); from += TOGETHER) {
      move(requests.subList(from, Math.min(from + TOGETHER, requests.size())), ATTEMPTS);
    }
    jdbc.sql("analyze act_ru_job, stage, approval_request").update();
    requireThatNothingIsDueYet();
  }

  /**
   * Reminders of the same reviews lock the same rows in another order: whoever loses tries again.
   */
  private void move(List<String> requests, int attempts) {
    try {
      move(requests);
    } catch (PessimisticLockingFailureException deadlock) {
      if (attempts == 1) {
        throw deadlock;
      }
      move(requests, attempts - 1);
    }
  }

  private void move(List<String> requests) {
    jdbc.sql(
            "with moved as (select due.* from due join"
                + " (select substr(id, 5)::uuid as id from unnest(?) as id) these using (id)),"
                + " requests as (update approval_request r set deadline = moved.at from moved"
                + " where r.id = moved.id),"
                + " stages as (update stage s set deadline = moved.at from moved"
                + " where s.request_id = moved.id and s.status = 'open'"
                + " returning s.process_instance, s.deadline)"
                + " update act_ru_job j set duedate_ = stages.deadline::timestamp from stages"
                + " where j.process_instance_id_ = stages.process_instance and j."
                + TIMER)
        .param(requests.toArray(String[]::new))
        .update();
  }

  private void requireThatNothingIsDueYet() {
    boolean early =
        jdbc.sql("select coalesce(min(at) > now(), true) from due").query(Boolean.class).single();
    if (!early) {
      throw new IllegalStateException("the deadlines were there before all had been moved");
    }
  }

  /** How many of the reviews last moved are still open. */
  public long open() {
    return jdbc.sql(
            "select count(*) from approval_request join due using (id) where closed_at is null")
        .query(Long.class)
        .single();
  }

  /** What became of the reviews last moved. */
  public Drain drain() {
    return jdbc.sql(
            """
            with late as (
              select extract(epoch from s.closed_at - due.at) * 1000 as ms
              from stage s join due on due.id = s.request_id
              where s.status = 'expired'
            ), twice as (
              select a.request_id from audit_entry a join due on due.id = a.request_id
              where a.type in ('stage.expired', 'request.concluded')
              group by a.request_id, a.type having count(*) > 1
              union
              select d.request_id from delivery d join due on due.id = d.request_id
              group by d.request_id having count(*) > 1
            )
            select count(*) as expired, (select count(*) from twice) as twice,
              count(*) * 1000 / max(ms) as rate, min(ms) as first,
              percentile_cont(0.5) within group (order by ms) as median,
              percentile_cont(0.99) within group (order by ms) as p99, max(ms) as last
            from late
            """)
        .query(Drain.class)
        .single();
  }

  /** How many open reviews have a deadline whose timer somebody has tried in vain. */
  public long triedInVain() {
    return jdbc.sql(
            "select count(*) from act_ru_job where "
                + TIMER
                + " and (retries_ < 3 or exception_msg_ is not null)")
        .query(Long.class)
        .single();
  }

  /** How often the record says that of the nodes. */
  public long recorded(String type) {
    return jdbc.sql("select count(*) from audit_entry where type = ?")
        .param(type)
        .query(Long.class)
        .single();
  }

  @Override
  public void close() {
    connection.destroy();
  }
}
