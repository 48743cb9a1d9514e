package io.countersign.testing;

import io.countersign.CountersignApplication;
import io.countersign.dev.CodeFlow;
import io.countersign.dev.Database;
import io.countersign.dev.EmbeddedDatabase;
import io.countersign.dev.InstallationKeys;
import io.countersign.dev.LocalKeycloak;
import io.countersign.dev.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application on a free port, with a real PostgreSQL and the real Keycloak of this JVM.
 *
 * <p>Tests share one. Whoever needs another configuration starts its own, which ends the one
 * before: the engine knows one engine and one process application of a name in each JVM.
 */
public final class RunningApplication implements AutoCloseable {

  static final LocalKeycloak KEYCLOAK = LocalKeycloak.shared();

  /** Nodes of one database read what the others have sealed. */
  private static final Path KEYS = keys();

  private static final Duration TOKENS_KEPT_FOR = Duration.ofMinutes(3);

  private static @Nullable RunningApplication running;
  private static @Nullable RunningApplication shared;

  private final URI url;
  private final Database database;
  private final ConfigurableApplicationContext context;
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();

  private RunningApplication(URI url, Database database, ConfigurableApplicationContext context) {
    this.url = url;
    this.database = database;
    this.context = context;
  }

  /** The application of all tests that need nothing else; ask for it once in each test class. */
  public static synchronized RunningApplication shared() {
    if (shared == null || !shared.isRunning()) {
      shared = start(Map.of());
    }
    return shared;
  }

  /**
   * Starts an application of its own.
   *
   * @param settings what differs from the environment of the quick start, by the same names
   * @param beans further configuration, for example a receiver or a clock
   */
  public static synchronized RunningApplication start(
      Map<String, String> settings, Class<?>... beans) {
    if (running != null) {
      running.close();
    }
    var database = EmbeddedDatabase.shared().fresh();
    var url = URI.create("http://127.0.0.1:" + Ports.free());
    KEYCLOAK.allowPublicUrl(url.toString());
    var environment = environment(url, database);
    // All tests together are busier than any agent should be.
    environment.put("countersign.limits.open-requests-per-agent", "100000");
    environment.put("countersign.limits.proposals-per-minute", "100000");
    environment.putAll(settings);
    var application =
        new SpringApplicationBuilder(CountersignApplication.class)
            .sources(beans)
            .profiles("demo")
            // Else it would stop beside its database, in no order, and complain.
            .registerShutdownHook(false)
            .build();
    var started = new RunningApplication(url, database, run(application, environment));
    running = started;
    return started;
  }

  /** Whether it was neither closed nor replaced by another one. */
  public boolean isRunning() {
    return context.isActive();
  }

  private static ConfigurableApplicationContext run(
      SpringApplication application, Map<String, String> environment) {
    return application.run(
        environment.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new));
  }

  /** The environment of the quick start for a database and an address. */
  public static Map<String, String> environment(URI url, Database database) {
    var values = new LinkedHashMap<String, String>();
    values.put("COUNTERSIGN_PUBLIC_URL", url.toString());
    values.put("COUNTERSIGN_PORT", Integer.toString(url.getPort()));
    values.put("COUNTERSIGN_DATABASE_URL", database.url());
    values.put("COUNTERSIGN_DATABASE_USER", database.app().user());
    values.put("COUNTERSIGN_DATABASE_PASSWORD", database.app().password());
    values.put("COUNTERSIGN_DATABASE_OWNER", database.owner().user());
    values.put("COUNTERSIGN_DATABASE_OWNER_PASSWORD", database.owner().password());
    values.put("COUNTERSIGN_KEYCLOAK_URL", KEYCLOAK.url());
    values.put("COUNTERSIGN_REALM", LocalKeycloak.REALM);
    values.put("COUNTERSIGN_WEB_CLIENT_SECRET", "countersign-web");
    values.put("COUNTERSIGN_IDENTITY_CLIENT_SECRET", "countersign-identity");
    values.put("COUNTERSIGN_KEYS", KEYS.toString());
    return values;
  }

  private static Path keys() {
    try {
      var folder = Files.createTempDirectory("countersign-keys");
      InstallationKeys.ensure(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of the application, without a slash at the end. */
  public URI url() {
    return url;
  }

  /** The database behind it. */
  public Database database() {
    return database;
  }

  /** A part of the application, for tests that look inside. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The access token of a demo client, whose secret is its name. */
  public String token(String client) {
    return fresh(client, () -> KEYCLOAK.clientToken(client, client));
  }

  /** A person's access token for the command line, by code and proof key. */
  public String personalToken(String person) {
    return fresh("person " + person, () -> cliToken(person));
  }

  /** Tokens end after five minutes; a run of many tests takes longer. */
  private String fresh(String holder, Supplier<String> issue) {
    return tokens
        .compute(
            holder,
            (key, held) ->
                held != null && System.nanoTime() - held.issued() < TOKENS_KEPT_FOR.toNanos()
                    ? held
                    : new Token(issue.get(), System.nanoTime()))
        .value();
  }

  private record Token(String value, long issued) {}

  static String cliToken(String person) {
    try {
      return new CodeFlow(KEYCLOAK, "countersign-cli", null, "http://127.0.0.1/callback")
          .signIn(person, person)
          .path("access_token")
          .asText();
    } catch (Exception e) {
      throw new IllegalStateException("cannot get a token for " + person, e);
    }
  }

  /** Somebody whom the application does not know. */
  public Visitor anybody() {
    return new Visitor(url, "");
  }

  /** A demo client with its token. */
  public Visitor agent(String client) {
    return new Visitor(url, token(client));
  }

  /** A demo person with a token of the command line. */
  public Visitor commandLine(String person) {
    return new Visitor(url, personalToken(person));
  }

  /** Whoever holds this token. */
  public Visitor visitor(String token) {
    return new Visitor(url, token);
  }

  /** A demo person, signed in to the pages through Keycloak's form. */
  public Visitor signIn(String person) {
    var visitor = new Visitor(url, "");
    visitor.signIn(person, person);
    return visitor;
  }

  @Override
  public void close() {
    context.close();
  }
}
