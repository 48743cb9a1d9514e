package io.countersign.delivery;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database of its own on a real PostgreSQL, with our tables, used with the application's rights.
 */
public final class MigratedDatabase implements AutoCloseable {

  private static final String ROLE = "countersign_app";
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String url;
  private final HikariDataSource owner;

  /** Creates and migrates an empty database. */
  public MigratedDatabase() {
    String name = "handback_" + NEXT.incrementAndGet();
    JdbcClient server = JdbcClient.create(Server.POSTGRES.getPostgresDatabase());
    server.sql("create database " + name).update();
    url = Server.POSTGRES.getJdbcUrl("postgres", name);
    owner = pool("postgres");
    Flyway.configure()
        .dataSource(owner)
        // The file alone: the engine's own tables are made by a migration in Java.
        .locations("filesystem:src/main/resources/db/migration")
        .target("latest")
        .placeholders(Map.of("applicationRole", ROLE))
        .load()
        .migrate();
  }

  /** A pool of connections with the application's rights only. */
  public HikariDataSource application() {
    return pool(ROLE);
  }

  /** Statements with the owner's rights. */
  public JdbcClient asOwner() {
    return JdbcClient.create(owner);
  }

  private HikariDataSource pool(String user) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.replaceAll("[?&]user=[^&]*", ""));
    config.setUsername(user);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    owner.close();
  }

  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        JdbcClient.create(postgres.getPostgresDatabase())
            .sql("create role " + ROLE + " login")
            .update();
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
