package io.countersign.audit;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds entries of the log, in its order. */
@Component
class LogEntries {

  private final JdbcClient jdbc;

  LogEntries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<LoggedEntry> find(EntryQuery query, int limit) {
    List<Object> values = new ArrayList<>();
    StringBuilder sql =
        new StringBuilder(
            "select l.log_index, e.seq, e.created_at, e.type, e.request_id, e.actor, e.facts"
                + " from audit_leaf l join audit_entry e on e.seq = l.entry"
                + " where l.log_index > ?");
    values.add(query.after());
    query.request().ifPresent(request -> add(sql, " and e.request_id = ?", values, request.uuid()));
    query.type().ifPresent(type -> add(sql, " and e.type = ?", values, type));
    query
        .from()
        .ifPresent(from -> add(sql, " and e.created_at >= ?", values, Timestamp.from(from)));
    query.to().ifPresent(to -> add(sql, " and e.created_at < ?", values, Timestamp.from(to)));
    add(sql, " order by l.log_index limit ?", values, limit);
    return jdbc.sql(sql.toString())
        .params(values)
        .query((row, n) -> new LoggedEntry(row.getLong("log_index"), LogStore.entry(row)))
        .list();
  }

  private static void add(StringBuilder sql, String part, List<Object> values, Object value) {
    sql.append(part);
    values.add(value);
  }
}
