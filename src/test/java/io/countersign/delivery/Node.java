package io.countersign.delivery;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.audit.AuditTrail;
import io.countersign.sealing.TestSealing;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** One running node: the whole module, its sender and listener included. */
final class Node implements AutoCloseable {

  private final AnnotationConfigApplicationContext context;
  private final HikariDataSource dataSource;

  @Configuration(proxyBeanMethods = false)
  @EnableTransactionManagement
  static class Transactions {}

  Node(MigratedDatabase database, Clock clock, Map<String, Object> properties) {
    dataSource = database.application();
    context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context
        .getEnvironment()
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "keys", Map.of("countersign.key.sealing", TestSealing.masterKey())));
    context.registerBean(DataSource.class, () -> dataSource);
    context.registerBean(
        PlatformTransactionManager.class, () -> new DataSourceTransactionManager(dataSource));
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
    context.registerBean(Clock.class, () -> clock);
    context.registerBean(DeliverySigner.class, () -> Node::headers);
    context.scan("io.countersign.sealing");
    context.register(
        Transactions.class,
        AuditTrail.class,
        Outbox.class,
        DeliveryQueue.class,
        DeliveryRecords.class,
        Endpoints.class,
        PostgresListener.class,
        DeliveryConfiguration.class);
    context.refresh();
  }

  private static Map<String, String> headers(
      String id, java.time.Instant at, byte[] body, Endpoint endpoint) {
    return Map.of("webhook-id", id, "webhook-timestamp", Long.toString(at.getEpochSecond()));
  }

  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  TransactionTemplate transactions() {
    return new TransactionTemplate(part(PlatformTransactionManager.class));
  }

  void send(OutgoingMessage message) {
    transactions().executeWithoutResult(status -> part(Outbox.class).enqueue(message));
  }

  @Override
  public void close() {
    context.close();
    dataSource.close();
  }
}
