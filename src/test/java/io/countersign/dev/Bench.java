package io.countersign.dev;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * How many proposals and reviewed round trips a second the packaged application carries, beside
 * what its database could do in the same minutes if there were no application.
 */
public final class Bench {
  private static final int CLIENTS = 4;
  private static final int OPERATIONS = 1_000;
  private static final int RUNS = 3;

  private final BenchCalls calls;
  private final Database database;
  private final Terminal terminal;

  private Bench(BenchCalls calls, Database database, Terminal terminal) {
    this.calls = calls;
    this.database = database;
    this.terminal = terminal;
  }

  /** One operation of one client. */
  interface Operation {
    void run() throws Exception;
  }

  /** What a client prepares once, a connection for example, and then repeats. */
  interface Client extends AutoCloseable {
    void run() throws Exception;

    @Override
    default void close() throws Exception {}
  }

  /** Starts everything on free ports in a folder of its own, measures, stops everything. */
  public static void main(String[] arguments) throws Exception {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    var terminal = new Terminal(System.out);
    var folder = Files.createTempDirectory("countersign-bench");
    var keycloak = LocalKeycloak.temporary();
    var settings =
        QuickStartSettings.from(
            Map.of(
                "COUNTERSIGN_DATA", folder.toString(),
                "COUNTERSIGN_PORT", Integer.toString(Ports.free()),
                "COUNTERSIGN_KEYCLOAK_PORT",
                    Integer.toString(URI.create(keycloak.url()).getPort())));
    var parts = new RunningParts(terminal);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(parts, settings), "stop the benchmark"));
    var bench = start(settings, keycloak, parts, terminal);
    if (List.of(arguments).contains("timers")) {
      new TimerBench(bench.calls, bench.database, settings, terminal).measure();
    } else if (List.of(arguments).contains("inbox")) {
      new InboxBench(bench.calls, bench.database, terminal).measure();
    } else {
      bench.measure();
    }
    System.exit(0);
  }

  private static Bench start(
      QuickStartSettings settings, LocalKeycloak keycloak, RunningParts parts, Terminal terminal)
      throws Exception {
    PrivateFiles.createDirectory(settings.data());
    Files.createDirectories(settings.data().resolve("logs"));
    InstallationKeys.ensure(settings.data().resolve("keys"));
    var secrets = Secrets.keptIn(settings.data().resolve("secrets.properties"));
    var database =
        parts.add(
            "PostgreSQL",
            EmbeddedDatabase.kept(
                settings.data().resolve("postgres"),
                Ports.free(),
                secrets,
                settings.log("postgres"),
                terminal::progress));
    var application = parts.add("Countersign", Application.launch(settings, database.main()));
    Application.awaitReady(application, settings);
    var calls = new BenchCalls(settings.publicUrl(), keycloak);
    return new Bench(calls, database.main(), terminal);
  }

  private static void stop(RunningParts parts, QuickStartSettings settings) {
    parts.stopAll();
    try {
      Directories.delete(settings.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void measure() throws Exception {
    terminal.say("Warming up.");
    rate(300, () -> client(calls::autoApproved));
    rate(300, () -> client(calls::roundTrip));
    rate(300, () -> new PlainInsert(database));
    var inserts = new double[RUNS];
    var approvals = new double[RUNS];
    var roundTrips = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      inserts[run] = rate(OPERATIONS * 4, () -> new PlainInsert(database));
      approvals[run] = rate(OPERATIONS, () -> client(calls::autoApproved));
      roundTrips[run] = rate(OPERATIONS, () -> client(calls::roundTrip));
      terminal.say(
          "run %d: plain insert %.0f/s, auto-approved %.0f/s, round trip %.0f/s"
              .formatted(run + 1, inserts[run], approvals[run], roundTrips[run]));
    }
    double ceiling = median(inserts);
    terminal.say(
        "median: plain insert %.0f/s, auto-approved %.0f/s (%.1f %%), round trip %.0f/s (%.1f %%)"
            .formatted(
                ceiling,
                median(approvals),
                100 * median(approvals) / ceiling,
                median(roundTrips),
                100 * median(roundTrips) / ceiling));
  }

  private static Client client(Operation operation) {
    return operation::run;
  }

  private static double median(double[] rates) {
    var sorted = rates.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Operations a second, carried out by all clients together. */
  private static double rate(int operations, Callable<? extends Client> clients) throws Exception {
    var left = new AtomicInteger(operations);
    var threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      var begin = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(threads.submit(() -> drain(left, clients)));
      }
      for (var one : all) {
        one.get();
      }
      return operations * 1e9 / (System.nanoTime() - begin);
    } catch (ExecutionException e) {
      throw new DevException("The benchmark failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean drain(AtomicInteger left, Callable<? extends Client> clients)
      throws Exception {
    try (var client = clients.call()) {
      while (left.getAndDecrement() > 0) {
        client.run();
      }
      return true;
    }
  }
}
