package io.countersign.notification;

import io.countersign.shared.RequestId;
import io.countersign.shared.WireName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What happened and nobody was told of yet. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class NoticeQueue {

  private final JdbcClient jdbc;

  NoticeQueue(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(RequestId request, @Nullable UUID stage, Saying saying, Instant now) {
    jdbc.sql(
            "insert into notice (request_id, stage_id, occasion, created_at, due_at)"
                + " values (?, ?, ?, ?, ?)")
        .params(request.uuid(), stage, saying.wire(), utc(now), utc(now))
        .update();
  }

  /** The next that is due and that no other node works on, locked until the transaction ends. */
  Optional<Notice> next(Instant now) {
    return jdbc.sql(
            "select id, request_id, stage_id, occasion, attempts from notice where due_at <= ?"
                + " order by due_at, id limit 1 for update skip locked")
        .param(utc(now))
        .query(Row.class)
        .optional()
        .map(Row::notice);
  }

  void remove(Notice notice) {
    jdbc.sql("delete from notice where id = ?").param(notice.id()).update();
  }

  void postpone(Notice notice, Instant until) {
    jdbc.sql("update notice set attempts = ?, due_at = ? where id = ?")
        .params(notice.attempts() + 1, utc(until), notice.id())
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** As it is stored. */
  record Row(long id, UUID requestId, @Nullable UUID stageId, String occasion, int attempts) {

    Notice notice() {
      return new Notice(
          id,
          new RequestId(requestId),
          Optional.ofNullable(stageId),
          WireName.parse(Saying.class, occasion),
          attempts);
    }
  }
}
