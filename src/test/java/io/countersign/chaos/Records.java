package io.countersign.chaos;

import io.countersign.chaos.Evidence.Request;
import io.countersign.chaos.Evidence.Stage;
import io.countersign.chaos.Evidence.Use;
import io.countersign.chaos.Evidence.Vote;
import io.countersign.dev.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the application's database holds, read past the application. */
final class Records implements AutoCloseable {

  private static final String TIMER =
      "split_part(j.handler_cfg_, '$', 1) = case s.status"
          + " when 'open' then 'BoundaryEvent_DeadlinePassed'"
          + " else 'BoundaryEvent_InformationOverdue' end";

  private final SingleConnectionDataSource connection;
  private final JdbcClient jdbc;

  Records(Database database) throws SQLException {
    connection = new SingleConnectionDataSource(database.asSuperuser(), true);
    jdbc = JdbcClient.create(connection);
  }

  Map<String, Request> requests() {
    return jdbc
        .sql(
            "select 'apr_' || id as id, agent, idempotency_key as key, action_digest as digest,"
                + " route, status, coalesce(decided_digest, '') as decided,"
                + " coalesce(grant_id::text, '') as \"grant\", deadline is not null as has_deadline"
                + " from approval_request")
        .query(Request.class)
        .list()
        .stream()
        .collect(Collectors.toMap(Request::id, Function.identity()));
  }

  List<Vote> votes() {
    return jdbc.sql(
            "select 'apr_' || request_id as request, decision, action_digest as digest from vote")
        .query(Vote.class)
        .list();
  }

  List<Use> uses() {
    return jdbc.sql(
            "select 'apr_' || request_id as request, grant_id::text as \"grant\","
                + " idempotency_key as key from redemption")
        .query(Use.class)
        .list();
  }

  List<Stage> stages() {
    return jdbc.sql(
            "select 'apr_' || s.request_id as request, s.name,"
                + " (select count(*) from act_ru_job j"
                + "  where j.process_instance_id_ = s.process_instance and j.retries_ > 0"
                + "   and j.suspension_state_ = 1 and j.duedate_ is not null and "
                + TIMER
                + ") as clocks,"
                + " coalesce(s.information_due, s.deadline) < now() - interval '1 minute'"
                + "  as is_overdue"
                + " from stage s where s.status in ('open', 'information_requested')")
        .query(Stage.class)
        .list();
  }

  /** How many entries of the record no published checkpoint covers. */
  long unlogged() {
    return number(
        "select (select count(*) from audit_entry)"
            + " - (select coalesce(max(size), 0) from audit_checkpoint)");
  }

  /** How often the record says that. */
  long recorded(String type) {
    return jdbc.sql("select count(*) from audit_entry where type = ?")
        .param(type)
        .query(Long.class)
        .single();
  }

  private long number(String query) {
    return jdbc.sql(query).query(Long.class).single();
  }

  @Override
  public void close() {
    connection.destroy();
  }
}
