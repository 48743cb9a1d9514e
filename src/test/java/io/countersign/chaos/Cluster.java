package io.countersign.chaos;

import io.countersign.dev.Database;
import io.countersign.dev.InstallationKeys;
import io.countersign.dev.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Two nodes, each behind a proxy of its own before the one database, and Keycloak. */
final class Cluster implements AutoCloseable {

  static final int NODES = 2;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LOOK_MILLIS = 200;

  private final Path folder;
  private final @Nullable String faketime;
  private final PostgresServer postgres;
  private final Keycloak keycloak;
  private final List<Proxy> proxies = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Cluster(Path folder, @Nullable String faketime) {
    this.folder = folder;
    this.faketime = faketime;
    this.postgres = new PostgresServer(folder);
    this.keycloak = new Keycloak();
    // What was not closed in order would outlive us.
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop the cluster"));
  }

  /**
   * Starts everything and waits until both nodes are ready.
   *
   * @param faketime where libfaketime is, by which clocks can jump
   */
  static Cluster start(Path folder, Duration lock, @Nullable String faketime) throws Exception {
    Cluster cluster = new Cluster(folder, faketime);
    try {
      cluster.startNodes(lock);
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private void startNodes(Duration lock) throws Exception {
    InstallationKeys.ensure(folder.resolve("keys"));
    Map<String, String> environment = environment(lock);
    for (int number = 0; number < NODES; number++) {
      proxies.add(Proxy.to(postgres.port()));
      nodes.add(node(number, new HashMap<>(environment)));
    }
    // The first one alone: it migrates the database.
    nodes.get(0).start();
    awaitReady(nodes.get(0));
    nodes.get(1).start();
    awaitReady();
  }

  private Node node(int number, Map<String, String> environment) throws IOException {
    Path home = Files.createDirectories(folder.resolve("node-" + number));
    environment.put("COUNTERSIGN_PORT", Integer.toString(Ports.free()));
    environment.put(
        "COUNTERSIGN_DATABASE_URL",
        "jdbc:postgresql://127.0.0.1:%d/countersign".formatted(proxies.get(number).port()));
    return new Node(home, environment, faketime);
  }

  private Map<String, String> environment(Duration lock) throws IOException {
    Database database = postgres.database();
    Map<String, String> values = new HashMap<>();
    values.put("SPRING_PROFILES_ACTIVE", "demo");
    values.put("COUNTERSIGN_PUBLIC_URL", "http://127.0.0.1:" + Ports.free());
    values.put("COUNTERSIGN_DATABASE_USER", database.app().user());
    values.put("COUNTERSIGN_DATABASE_PASSWORD", database.app().password());
    values.put("COUNTERSIGN_DATABASE_OWNER", database.owner().user());
    values.put("COUNTERSIGN_DATABASE_OWNER_PASSWORD", database.owner().password());
    values.put("COUNTERSIGN_KEYCLOAK_URL", keycloak.url());
    values.put("COUNTERSIGN_WEB_CLIENT_SECRET", "countersign-web");
    values.put("COUNTERSIGN_IDENTITY_CLIENT_SECRET", "countersign-identity");
    values.put("COUNTERSIGN_KEYS", folder.resolve("keys").toString());
    values.put(
        "COUNTERSIGN_AUDIT_SECOND_PLACE",
        Files.createDirectories(folder.resolve("second-place")).toString());
    values.put("COUNTERSIGN_POLICY", Policy.in(folder).toString());
    values.put("CAMUNDA_BPM_JOBEXECUTION_LOCKTIMEINMILLIS", Long.toString(lock.toMillis()));
    // Robots are busier than any agent should be.
    values.put("COUNTERSIGN_LIMITS_OPENREQUESTSPERAGENT", "1000000");
    values.put("COUNTERSIGN_LIMITS_PROPOSALSPERMINUTE", "1000000");
    return values;
  }

  Node node(int number) {
    return nodes.get(number);
  }

  Proxy proxy(int number) {
    return proxies.get(number);
  }

  List<Node> nodes() {
    return nodes;
  }

  PostgresServer postgres() {
    return postgres;
  }

  Keycloak keycloak() {
    return keycloak;
  }

  boolean hasMovableClocks() {
    return faketime != null;
  }

  /** Waits until both nodes answer. */
  void awaitReady() throws InterruptedException {
    for (Node node : nodes) {
      awaitReady(node);
    }
  }

  private static void awaitReady(Node node) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!node.isReady()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not ready within %s: %s".formatted(PATIENCE, node.log()));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private void stop() {
    try {
      close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    for (Node node : nodes) {
      node.close();
    }
    for (Proxy proxy : proxies) {
      proxy.close();
    }
    keycloak.close();
    postgres.close();
  }
}
