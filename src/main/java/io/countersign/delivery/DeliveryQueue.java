package io.countersign.delivery;

import io.countersign.sealing.Seals;
import io.countersign.shared.RequestId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The messages that are to leave the house, as the database keeps them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class DeliveryQueue {

  private static final String CLAIM =
      """
      update delivery set next_attempt_at = :lease
      where id in (
        select due.id from unnest(:endpoints::text[], :room::int[]) as place (endpoint, room)
        cross join lateral (
          select id, next_attempt_at from delivery
          where status = 'pending' and endpoint = place.endpoint and next_attempt_at <= :now
          order by next_attempt_at limit place.room
          for update skip locked) as due
        order by due.next_attempt_at limit :total)
      returning id, endpoint, type, request_id, body, attempts, next_attempt_at
      """;

  /** Jumps from endpoint to endpoint along the index, however many messages one of them has. */
  private static final String NEXT_ATTEMPTS =
      """
      with recursive place (endpoint) as (
        select min(endpoint) from delivery where status = 'pending'
        union all
        select (select min(endpoint) from delivery
                where status = 'pending' and endpoint > place.endpoint)
        from place where place.endpoint is not null)
      select endpoint, due.next from place
      cross join lateral (
        select next_attempt_at as next from delivery
        where status = 'pending' and endpoint = place.endpoint
        order by next_attempt_at limit 1) as due
      """;

  private final JdbcClient jdbc;
  private final Seals seals;

  DeliveryQueue(JdbcClient jdbc, Seals seals) {
    this.jdbc = jdbc;
    this.seals = seals;
  }

  /** Keeps a message that is first tried at {@code due}. */
  void add(String id, OutgoingMessage message, Instant now, Instant due) {
    jdbc.sql(
            "insert into delivery (id, endpoint, type, request_id, body, status, attempts,"
                + " next_attempt_at, created_at) values (?, ?, ?, ?, ?, 'pending', 0, ?, ?)")
        .params(
            id,
            message.endpoint(),
            message.type(),
            message.request().map(RequestId::uuid).orElse(null),
            sealed(message),
            Timestamp.from(due),
            Timestamp.from(now))
        .update();
  }

  private byte[] sealed(OutgoingMessage message) {
    return message
        .request()
        .map(request -> seals.seal(request, message.body()))
        .orElseGet(() -> Seals.plain(message.body()));
  }

  /**
   * Takes messages that are due and moves their next attempt ahead, so that nobody else takes them
   * meanwhile and somebody does should this node die.
   *
   * @param room how many each endpoint may take
   */
  List<Delivery> claim(Map<String, Integer> room, int total, Instant now, Instant lease) {
    return jdbc.sql(CLAIM)
        .param("endpoints", room.keySet().toArray(String[]::new))
        .param("room", room.values().toArray(Integer[]::new))
        .param("total", total)
        .param("now", Timestamp.from(now))
        .param("lease", Timestamp.from(lease))
        .query((row, n) -> delivery(row))
        .list();
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getString("id"),
        row.getString("endpoint"),
        row.getString("type"),
        Optional.ofNullable(row.getObject("request_id", UUID.class)).map(RequestId::new),
        row.getBytes("body"),
        row.getInt("attempts"),
        row.getTimestamp("next_attempt_at").toInstant());
  }

  /** For each endpoint with something to send, when its next attempt is due. */
  Map<String, Instant> nextAttempts() {
    Map<String, Instant> next = new HashMap<>();
    jdbc.sql(NEXT_ATTEMPTS)
        .query(
            row -> {
              next.put(row.getString("endpoint"), row.getTimestamp("next").toInstant());
            });
    return next;
  }

  /** Notes that it arrived; true unless somebody noted so before. */
  boolean delivered(Delivery delivery, int status, Instant now) {
    return jdbc.sql(
                "update delivery set status = 'delivered', attempts = ?, closed_at = ?,"
                    + " last_status = ?, last_error = null where id = ? and status <> 'delivered'")
            .params(delivery.attempts() + 1, Timestamp.from(now), status, delivery.id())
            .update()
        == 1;
  }

  /** Notes that it did not arrive and when to try again; nothing if the lease has run out. */
  void failed(Delivery delivery, @Nullable Integer status, String error, Instant next) {
    jdbc.sql(
            "update delivery set attempts = ?, last_status = ?, last_error = ?, next_attempt_at = ?"
                + " where id = ? and status = 'pending' and next_attempt_at = ?")
        .params(
            delivery.attempts() + 1,
            status,
            error,
            Timestamp.from(next),
            delivery.id(),
            Timestamp.from(delivery.leasedUntil()))
        .update();
  }

  /** Notes that it will not be tried again; true unless the lease has run out. */
  boolean givenUp(Delivery delivery, @Nullable Integer status, String error, Instant now) {
    return jdbc.sql(
                "update delivery set status = 'given_up', attempts = ?, closed_at = ?,"
                    + " last_status = ?, last_error = ?"
                    + " where id = ? and status = 'pending' and next_attempt_at = ?")
            .params(
                delivery.attempts() + 1,
                Timestamp.from(now),
                status,
                error,
                delivery.id(),
                Timestamp.from(delivery.leasedUntil()))
            .update()
        == 1;
  }

  /** Notes that it was not worth sending any more; nothing if the lease has run out. */
  void dropped(Delivery delivery, Instant now) {
    jdbc.sql(
            "update delivery set status = 'dropped', closed_at = ?, last_error = null"
                + " where id = ? and status = 'pending' and next_attempt_at = ?")
        .params(Timestamp.from(now), delivery.id(), Timestamp.from(delivery.leasedUntil()))
        .update();
  }
}
