package io.countersign.notification;

import io.countersign.shared.Channel;
import io.countersign.shared.RequestId;
import io.countersign.shared.WireName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who was told what, as long as something can still be said about it. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class ToldRows {

  private static final String COLUMNS =
      "id, request_id, channel, recipient, saying, turn, sent_turn";

  private final JdbcClient jdbc;

  ToldRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Everybody who was told something about the request. */
  List<Told> of(RequestId request) {
    return jdbc
        .sql("select " + COLUMNS + " from told where request_id = ? order by id")
        .param(request.uuid())
        .query(Row.class)
        .stream()
        .map(Row::told)
        .toList();
  }

  /** That one, if something can still be said there. */
  public Optional<Told> find(UUID id) {
    return jdbc.sql("select " + COLUMNS + " from told where id = ?")
        .param(id)
        .query(Row.class)
        .optional()
        .map(Row::told);
  }

  /** Notes the next thing to say. */
  Told say(RequestId request, Channel channel, String recipient, Saying saying, Instant now) {
    return jdbc.sql(
            "insert into told (id, request_id, channel, recipient, saying, turn, created_at)"
                + " values (?, ?, ?, ?, ?, 1, ?)"
                + " on conflict (request_id, channel, recipient) do update set"
                + " saying = excluded.saying, turn = told.turn + 1 returning "
                + COLUMNS)
        .params(
            UUID.randomUUID(),
            request.uuid(),
            channel.wire(),
            recipient,
            saying.wire(),
            now.atOffset(ZoneOffset.UTC))
        .query(Row.class)
        .single()
        .told();
  }

  /** The turn that opened the thread of mails: this one, unless an earlier one has. */
  public int firstTurn(Told told) {
    return jdbc.sql(
            "update told set first_turn = coalesce(first_turn, ?) where id = ? returning first_turn")
        .params(told.turn(), told.id())
        .query(Integer.class)
        .single();
  }

  /** Notes that a turn was taken over; whoever heard the last word needs no row any more. */
  public void sent(UUID id, int turn) {
    jdbc.sql("update told set sent_turn = greatest(coalesce(sent_turn, 0), ?) where id = ?")
        .params(turn, id)
        .update();
    jdbc.sql("delete from told where id = ? and turn = ? and saying = ?")
        .params(id, turn, Saying.CLOSED.wire())
        .update();
  }

  /** Nothing is said there any more. */
  public void remove(Told told) {
    jdbc.sql("delete from told where id = ?").param(told.id()).update();
  }

  /** As it is stored. */
  record Row(
      UUID id,
      UUID requestId,
      String channel,
      String recipient,
      String saying,
      int turn,
      @Nullable Integer sentTurn) {

    Told told() {
      return new Told(
          id,
          new RequestId(requestId),
          WireName.parse(Channel.class, channel),
          recipient,
          WireName.parse(Saying.class, saying),
          turn,
          Optional.ofNullable(sentTurn));
    }
  }
}
