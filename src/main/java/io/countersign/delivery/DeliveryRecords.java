package io.countersign.delivery;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.shared.RequestId;
import io.countersign.shared.WireName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What operators see of the messages, and the one thing they can do about them. */
@Component
@Transactional
class DeliveryRecords {

  private static final String COLUMNS =
      "select id, endpoint, type, request_id, status, attempts, next_attempt_at, created_at,"
          + " closed_at, last_status, last_error from delivery ";

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  DeliveryRecords(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** Newest first, from below an id on. */
  @Transactional(readOnly = true)
  List<DeliveryRecord> page(DeliveryStatus status, @Nullable String below, int limit) {
    return jdbc.sql(
            COLUMNS
                + "where status = :status and (:below::text is null or id < :below)"
                + " order by id desc limit :limit")
        .param("status", status.wire())
        .param("below", below)
        .param("limit", limit)
        .query(DeliveryRecords::read)
        .list();
  }

  @Transactional(readOnly = true)
  Optional<DeliveryRecord> find(String id) {
    return jdbc.sql(COLUMNS + "where id = ?").param(id).query(DeliveryRecords::read).optional();
  }

  /** Sends a given-up message anew, from the start of the schedule; false if it is not given up. */
  boolean redrive(String id, String actor) {
    int changed =
        jdbc.sql(
                "update delivery set status = 'pending', attempts = 0, closed_at = null,"
                    + " next_attempt_at = ? where id = ? and status = 'given_up'")
            .params(Timestamp.from(clock.instant()), id)
            .update();
    if (changed == 0) {
      return false;
    }
    DeliveryRecord record = find(id).orElseThrow();
    audit.append(
        new AuditEvent(
            "delivery.redriven",
            Optional.ofNullable(record.requestId()),
            "person:" + actor,
            Map.of("delivery", id, "endpoint", record.endpoint(), "type", record.type())));
    jdbc.sql("select pg_notify('countersign_delivery', '')").query().singleRow();
    return true;
  }

  private static DeliveryRecord read(ResultSet row, int n) throws SQLException {
    DeliveryStatus status = WireName.parse(DeliveryStatus.class, row.getString("status"));
    UUID request = row.getObject("request_id", UUID.class);
    return new DeliveryRecord(
        row.getString("id"),
        row.getString("endpoint"),
        row.getString("type"),
        request == null ? null : new RequestId(request),
        status,
        row.getInt("attempts"),
        status == DeliveryStatus.PENDING ? instant(row, "next_attempt_at") : null,
        row.getTimestamp("created_at").toInstant(),
        instant(row, "closed_at"),
        row.getObject("last_status", Integer.class),
        row.getString("last_error"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
