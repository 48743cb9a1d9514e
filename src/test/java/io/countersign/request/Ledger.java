package io.countersign.request;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.delivery.MigratedDatabase;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is counted and remembered, on a real database, without the application around it. */
public final class Ledger implements AutoCloseable {

  private final MigratedDatabase database = new MigratedDatabase();
  private final HikariDataSource connections = database.application();
  private final JdbcClient jdbc = JdbcClient.create(connections);
  private final Clock clock;

  /** An empty one. */
  public Ledger(Clock clock) {
    this.clock = clock;
  }

  /** What came before. */
  public AgentHistory history() {
    return new AgentHistory(jdbc, clock);
  }

  /** The totals. */
  public RunningTotals totals() {
    return new RunningTotals(jdbc, clock);
  }

  /** Runs what is given to it in a transaction of its own. */
  public TransactionTemplate transaction() {
    return new TransactionTemplate(new DataSourceTransactionManager(connections));
  }

  /** Statements with the owner's rights. */
  public JdbcClient asOwner() {
    return database.asOwner();
  }

  @Override
  public void close() {
    connections.close();
    database.close();
  }
}
