package io.countersign.review;

import io.countersign.dev.Database;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** How long the reconciler looks, for the benchmark. */
public final class ReconcilerTimes {

  private ReconcilerTimes() {}

  /** The time of its second look at this database, as the application's role. */
  public static Duration look(Database database) throws SQLException {
    SingleConnectionDataSource connection = new SingleConnectionDataSource(database.asApp(), true);
    try {
      ClockFindings findings = new ClockFindings(JdbcClient.create(connection));
      findings.all();
      long begin = System.nanoTime();
      if (!findings.all().isEmpty()) {
        throw new IllegalStateException("expected nothing wrong");
      }
      return Duration.ofNanos(System.nanoTime() - begin);
    } finally {
      connection.destroy();
    }
  }
}
