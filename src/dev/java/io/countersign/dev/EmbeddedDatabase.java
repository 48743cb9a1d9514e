package io.countersign.dev;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL server on 127.0.0.1, started from embedded binaries. */
public final class EmbeddedDatabase implements AutoCloseable {
  /** The database of the quick start, and the first one of every test server. */
  public static final String NAME = "countersign";

  private static final AtomicInteger NEXT_TEST_DATABASE = new AtomicInteger();

  private final EmbeddedPostgres server;
  private final Path data;
  private final DatabaseLogins logins;

  private EmbeddedDatabase(EmbeddedPostgres server, Path data, DatabaseLogins logins) {
    this.server = server;
    this.data = data;
    this.logins = logins;
  }

  /** The one server of this JVM's tests; it ends with the JVM. Take {@link #fresh()} from it. */
  public static EmbeddedDatabase shared() {
    return Shared.SERVER;
  }

  /** A server of its own on a free port whose data vanish with it, fast rather than durable. */
  public static EmbeddedDatabase temporary() {
    try {
      var logins = DatabaseLogins.from(Secrets.inMemory());
      var data = Files.createTempDirectory("countersign-postgres");
      var builder =
          settings(logins, Ports.free())
              .setDataDirectory(data)
              .setCleanDataDirectory(true)
              .setRegisterShutdownHook(true);
      return prepared(builder, data, logins, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A durable server whose data stay in the folder; stops a server left over there by kill -9. */
  public static EmbeddedDatabase kept(
      Path folder, int port, Secrets secrets, @Nullable Path log, Consumer<String> progress) {
    try {
      var data = folder.toAbsolutePath().resolve("data");
      LeftoverPostmaster.stop(data, progress);
      setAsideUnfinished(data, progress);
      requireItsPasswords(data, secrets);
      Files.createDirectories(folder);
      var logins = DatabaseLogins.from(secrets);
      var output = log == null ? Redirect.DISCARD : Redirect.appendTo(log.toFile());
      var builder =
          settings(logins, port)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setOverrideWorkingDirectory(folder.toAbsolutePath().resolve("binaries").toFile())
              .setOutputRedirector(output)
              .setErrorRedirector(output)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on");
      var database = prepared(builder, data, logins, true);
      Files.writeString(finished(data), "");
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres.Builder settings(DatabaseLogins logins, int port)
      throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "200")
        .setServerConfig("timezone", "UTC")
        .setServerConfig("log_timezone", "UTC")
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setLocaleConfig("pwfile", logins.superuserPasswordFile().toString())
        .setConnectConfig("password", logins.superuser().password())
        .setDataDirectoryCustomizer(DatabaseLogins::requirePasswords);
  }

  private static EmbeddedDatabase prepared(
      EmbeddedPostgres.Builder builder, Path data, DatabaseLogins logins, boolean durable)
      throws IOException {
    var database = new EmbeddedDatabase(start(builder, data), data, logins);
    try {
      if (durable) {
        database.verifyDurable();
      }
      database.logins.createRoles(database.serverConnection("postgres"));
      database.create(NAME);
      return database;
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw new DevException("PostgreSQL started but could not be prepared: " + e.getMessage(), e);
    }
  }

  private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder, Path data)
      throws IOException {
    try {
      return builder.start();
    } catch (IOException | RuntimeException e) {
      LeftoverPostmaster.stop(data, line -> {});
      throw new DevException("PostgreSQL did not start: " + e.getMessage(), e);
    }
  }

  /** Without this the server would start and refuse us until patience ends. */
  private static void requireItsPasswords(Path data, Secrets secrets) {
    if (Files.exists(finished(data)) && !secrets.has(DatabaseLogins.SUPERUSER_PASSWORD)) {
      throw new DevException(
          "The passwords of the database in %s are lost. Restore secrets.properties, or delete that folder to begin anew."
              .formatted(data));
    }
  }

  private static void setAsideUnfinished(Path data, Consumer<String> progress) throws IOException {
    if (Files.exists(data) && !Files.exists(finished(data))) {
      var aside = data.resolveSibling("unfinished-" + System.nanoTime());
      progress.accept(
          "The first start was interrupted: its unfinished database is kept in " + aside);
      Files.move(data, aside);
    }
  }

  private static Path finished(Path data) {
    return data.resolve("countersign-ready");
  }

  private void verifyDurable() throws SQLException {
    try (var connection = serverConnection("postgres")) {
      for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        try (var statement = connection.createStatement();
            var rows = statement.executeQuery("SHOW " + setting)) {
          if (!rows.next() || !"on".equals(rows.getString(1))) {
            throw new DevException(
                "PostgreSQL must run with %s=on to keep data.".formatted(setting));
          }
        }
      }
    }
  }

  /** The database {@value #NAME}. */
  public Database main() {
    return describe(NAME);
  }

  /** An empty database with a name of its own, for one test class. */
  public Database fresh() {
    return create("test_" + NEXT_TEST_DATABASE.incrementAndGet());
  }

  /** Creates the database, unless it is there, with the rights of owner and application role. */
  public Database create(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("not a database name: " + name);
    }
    try {
      logins.createDatabase(serverConnection("postgres"), name);
      logins.grantRights(serverConnection(name), name);
      return describe(name);
    } catch (SQLException e) {
      throw new DevException("Cannot create database %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** The port of the server on 127.0.0.1. */
  public int port() {
    return server.getPort();
  }

  /** Completes when the server has ended, for whatever reason. */
  CompletableFuture<?> onExit() {
    try {
      return LeftoverPostmaster.find(data)
          .<CompletableFuture<?>>map(ProcessHandle::onExit)
          .orElseGet(() -> CompletableFuture.completedFuture(null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Database describe(String name) {
    return new Database(url(name), logins.owner(), logins.app(), logins.superuser());
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), name);
  }

  private Connection serverConnection(String name) throws SQLException {
    var login = logins.superuser();
    return DriverManager.getConnection(url(name), login.user(), login.password());
  }

  private static final class Shared {
    static final EmbeddedDatabase SERVER = temporary();
  }
}
