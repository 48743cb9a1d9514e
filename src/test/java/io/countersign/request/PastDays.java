package io.countersign.request;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.delivery.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What happened on days of the past, written into the tables row by row. */
final class PastDays implements AutoCloseable {

  private final MigratedDatabase database = new MigratedDatabase();
  private final JdbcClient rows = database.asOwner();
  private final HikariDataSource pool = database.application();
  private final Connection connection = pool.getConnection();
  private final Performance performance;

  /** Counted through a connection whose own time zone has a summer. */
  PastDays() throws SQLException {
    JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    jdbc.sql("set time zone 'Europe/Berlin'").update();
    performance = new Performance(jdbc);
  }

  Figures count(String from, String to) {
    return count(from, to, Period.Span.DAY, null);
  }

  Figures count(String from, String to, Period.Span by, @Nullable String action) {
    Period period =
        new Period(LocalDate.parse(from), LocalDate.parse(to), by, Optional.ofNullable(action));
    return performance.of(period, 238);
  }

  /** A refund for people that was approved. */
  UUID refund(String at) {
    return request("process_refund", "human_review", "approved", at, null);
  }

  UUID request(String action, String route, String status, String at, @Nullable Integer words) {
    return request(action, "high", "person_first", route, status, at, words);
  }

  UUID request(
      String action,
      @Nullable String severity,
      String mode,
      String route,
      String status,
      String at,
      @Nullable Integer words) {
    UUID id = UUID.randomUUID();
    rows.sql(
            """
            insert into approval_request (id, version, agent, idempotency_key, body_digest, action,
              action_digest, current_digest, severity, route, mode, urgency, pattern,
              policy_version, reasons, headline, status, created_at, changes, words)
            values (:id, 0, 'billing-agent', :key, '', :action, '', '', :severity, :route, :mode,
              'normal', 'approval_gate', '', '', '', :status, :at, 0, :words)
            """)
        .param("id", id)
        .param("key", id.toString())
        .param("action", action)
        .param("severity", severity)
        .param("route", route)
        .param("mode", mode)
        .param("status", status)
        .param("at", time(at))
        .param("words", words, Types.INTEGER)
        .update();
    return id;
  }

  UUID stage(UUID request, String kind, String status, @Nullable String assignee, String closed) {
    UUID id = UUID.randomUUID();
    rows.sql(
            """
            insert into stage (id, version, request_id, position, name, part, kind, roles,
              escalation_path, escalations, status, assignee, reminders, step, quorum, round,
              deadline, closed_at)
            values (:id, 0, :request, 0, :name, 'review', :kind, 'reviewer', '', 0, :status,
              :assignee, 0, 1, 1, 1, now(), :closed)
            """)
        .param("id", id)
        .param("request", request)
        .param("name", id.toString())
        .param("kind", kind)
        .param("status", status)
        .param("assignee", assignee)
        .param("closed", closed.isEmpty() ? null : time(closed), Types.TIMESTAMP)
        .update();
    return id;
  }

  /** Somebody whose subject is their name in capitals. */
  UUID vote(UUID request, String person, String decision, @Nullable String opened, String at) {
    return vote(request, person.toUpperCase(java.util.Locale.ROOT), person, decision, opened, at);
  }

  UUID vote(
      UUID request,
      String subject,
      String name,
      String decision,
      @Nullable String opened,
      String at) {
    UUID stage = stage(request, "person", "decided", name, at);
    rows.sql(
            """
            insert into vote (id, request_id, stage_id, person, person_name, role, decision,
              action_digest, created_at, round, opened_at)
            values (gen_random_uuid(), :request, :stage, :person, :name, 'reviewer', :decision, '',
              :at, 1, :opened)
            """)
        .param("request", request)
        .param("stage", stage)
        .param("person", subject)
        .param("name", name)
        .param("decision", decision)
        .param("at", time(at))
        .param("opened", opened == null ? null : time(opened), Types.TIMESTAMP)
        .update();
    return stage;
  }

  void question(UUID request, UUID stage, String person, String at) {
    rows.sql(
            """
            insert into question (id, request_id, stage_id, person, person_name, question, asked_at,
              due_at)
            values (gen_random_uuid(), :request, :stage, upper(:person), :person, '', :at, :at)
            """)
        .param("request", request)
        .param("stage", stage)
        .param("person", person)
        .param("at", time(at))
        .update();
  }

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    pool.close();
    database.close();
  }
}
