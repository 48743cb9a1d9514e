package io.countersign.review;

import io.countersign.dev.Database;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the reconciler would find, for tests that have no node of their own. */
public final class ReviewClocks {

  private ReviewClocks() {}

  /** Everything that is wrong with the clocks of reviews in this database now. */
  public static List<String> findings(Database database) throws SQLException {
    SingleConnectionDataSource connection = new SingleConnectionDataSource(database.asApp(), true);
    try {
      return new ClockFindings(JdbcClient.create(connection))
          .all().stream().map(finding -> finding.request() + ": " + finding.kind().wire()).toList();
    } finally {
      connection.destroy();
    }
  }
}
