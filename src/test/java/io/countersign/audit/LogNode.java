package io.countersign.audit;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.audit.merkle.Signer;
import io.countersign.audit.merkle.TestKeys;
import io.countersign.audit.merkle.VerifierKey;
import io.countersign.delivery.MigratedDatabase;
import io.countersign.sealing.TestSealing;
import io.countersign.shared.RequestId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One node's share of the log, on a real database with the application's rights. */
final class LogNode implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final HikariDataSource dataSource;
  final JdbcClient jdbc;
  final TransactionTemplate transactions;
  final AuditTrail trail;
  final LogStore store;
  final LogStatus status = new LogStatus();
  final Sequencer sequencer;
  final TestLogKey key;

  /** A log key that tests can hand from node to node. */
  static final class TestLogKey implements LogKey {
    private final TestKeys.Pair pair = TestKeys.pair();

    @Override
    public byte[] publicKey() {
      return pair.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
      return pair.sign(message);
    }

    VerifierKey verifier() {
      return VerifierKey.ofLog("approve.example/log", publicKey());
    }

    Signer signer() {
      return new Signer(verifier(), this::sign);
    }
  }

  LogNode(MigratedDatabase database, TestLogKey key, @Nullable Path secondPlace) {
    this(database, key, secondPlace, List.of());
  }

  LogNode(
      MigratedDatabase database,
      TestLogKey key,
      @Nullable Path secondPlace,
      List<VerifierKey> former) {
    this.key = key;
    dataSource = database.application();
    jdbc = JdbcClient.create(dataSource);
    transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    trail = new AuditTrail(jdbc, TestSealing.keys(jdbc), CLOCK, event -> {});
    store = new LogStore(jdbc);
    sequencer =
        new Sequencer(
            store,
            new LogIdentity(key, null, "approve.example/log", former),
            new SecondPlace(secondPlace),
            status,
            transactions,
            CLOCK);
  }

  /** Appends in a transaction of its own. */
  void append(String type) {
    transactions.executeWithoutResult(
        transaction ->
            trail.append(
                AuditEvent.of(type, RequestId.next(), "agent:billing-agent", Map.of("n", 1))));
  }

  void append(int entries) {
    transactions.executeWithoutResult(
        transaction -> {
          for (int i = 0; i < entries; i++) {
            trail.append(
                AuditEvent.of("request.proposed", RequestId.next(), "system", Map.of("n", i)));
          }
        });
  }

  void sequenceAll() {
    while (sequencer.sequence() == Sequencer.Round.MORE) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
