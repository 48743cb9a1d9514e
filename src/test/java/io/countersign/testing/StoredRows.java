package io.countersign.testing;

import io.countersign.dev.Database;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** How much is stored, table by table: what a refused call must leave as it was. */
public final class StoredRows {

  /** What jobs write by themselves is nobody's call: the system's own entries do not count. */
  private static final Map<String, String> COUNTS =
      Map.of(
          "approval_request", "",
          "action_content", "",
          "handoff", "",
          "stage", "",
          "vote", "",
          "delivery", "",
          "act_ru_execution", "",
          "audit_entry", " where actor <> 'system'");

  private StoredRows() {}

  /** The numbers of rows now. */
  public static Map<String, Long> of(Database database) {
    var rows = new TreeMap<String, Long>();
    try (var connection = database.asOwner();
        var statement = connection.createStatement()) {
      for (var count : COUNTS.entrySet()) {
        try (var row =
            statement.executeQuery("select count(*) from " + count.getKey() + count.getValue())) {
          row.next();
          rows.put(count.getKey(), row.getLong(1));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot count", e);
    }
  }
}
