package io.countersign.dev;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Starts PostgreSQL, Keycloak and the application on 127.0.0.1, and stops them together. */
public final class QuickStart {
  private final QuickStartSettings settings;
  private final Terminal terminal;
  private final RunningParts parts;
  private @Nullable FileChannel lock;
  private volatile @Nullable CompletableFuture<EmbeddedDatabase> databaseStart;

  private QuickStart(QuickStartSettings settings, Terminal terminal) {
    this.settings = settings;
    this.terminal = terminal;
    this.parts = new RunningParts(terminal);
  }

  /** Runs until Ctrl-C, TERM or the end of one of the parts. */
  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    var terminal = new Terminal(System.out);
    try {
      var settings = QuickStartSettings.from(System.getenv());
      new QuickStart(settings, terminal).run();
    } catch (DevException | UncheckedIOException | IOException e) {
      terminal.say("\n" + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException {
    PrivateFiles.createDirectory(settings.data());
    Files.createDirectories(settings.data().resolve("logs"));
    refuseASecondStart();
    try {
      start();
    } catch (DevException e) {
      // What is being stopped ends, and that is no news.
      if (!parts.areStopping()) {
        throw e;
      }
    }
  }

  private void start() throws IOException {
    ChildProcess.stopLeftover("Countersign", settings.note("application"), terminal::progress);
    ChildProcess.stopLeftover("Keycloak", settings.note("keycloak"), terminal::progress);
    settings.requireFreePorts();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    var secrets = Secrets.keptIn(settings.data().resolve("secrets.properties"));
    InstallationKeys.ensure(settings.data().resolve("keys"));

    var starting = CompletableFuture.supplyAsync(() -> startDatabase(secrets));
    databaseStart = starting;
    var keycloak = startKeycloak(secrets);
    var database = join(starting);
    terminal.progress("Countersign: starting");
    var application = parts.add("Countersign", Application.launch(settings, database.main()));
    Application.awaitReady(application, settings);
    terminal.say(ReadyMessage.of(settings, database.main(), terminal.seconds()));
    awaitEnd(database, keycloak.process(), application);
  }

  /** Also in the middle of a start: what is just coming up must not be left behind. */
  private void stop() {
    parts.stopAll();
    var starting = databaseStart;
    if (starting != null) {
      // Whatever comes of it: once started, it has stopped itself.
      starting.handle((database, failure) -> true).join();
    }
    try {
      ChildProcess.stopEverything();
    } catch (IOException e) {
      terminal.progress("Something could not be stopped: " + e.getMessage());
    }
  }

  /** Two starts on the same data would destroy each other's; the lock ends with this process. */
  private void refuseASecondStart() throws IOException {
    var file = settings.data().resolve("quick-start.lock");
    lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new DevException(
          "Countersign is already running on the data in %s. Stop it first, or choose other data and ports with COUNTERSIGN_DATA, COUNTERSIGN_PORT and COUNTERSIGN_KEYCLOAK_PORT."
              .formatted(settings.data()));
    }
  }

  private EmbeddedDatabase startDatabase(Secrets secrets) {
    terminal.progress("PostgreSQL: starting");
    var folder = settings.data().resolve("postgres");
    var log = settings.log("postgres");
    var database = EmbeddedDatabase.kept(folder, Ports.free(), secrets, log, terminal::progress);
    terminal.progress("PostgreSQL: ready");
    return parts.add("PostgreSQL", database);
  }

  private LocalKeycloak startKeycloak(Secrets secrets) throws IOException {
    var keycloak = LocalKeycloak.launch(settings.keycloak(secrets), terminal::progress);
    parts.add("Keycloak", keycloak);
    keycloak.awaitReady();
    terminal.progress("Keycloak: ready");
    return keycloak;
  }

  private static EmbeddedDatabase join(CompletableFuture<EmbeddedDatabase> start) {
    try {
      return start.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof DevException told
          ? told
          : new DevException("PostgreSQL did not start: " + e.getCause(), e);
    }
  }

  private void awaitEnd(
      EmbeddedDatabase database, ChildProcess keycloak, ChildProcess application) {
    var databaseEnd = database.onExit();
    CompletableFuture.anyOf(databaseEnd, keycloak.onExit(), application.onExit()).join();
    if (parts.areStopping()) {
      return;
    }
    for (var process : new ChildProcess[] {application, keycloak}) {
      if (!process.isAlive()) {
        throw process.ended();
      }
    }
    throw new DevException(
        "PostgreSQL ended. Its log, %s, ends with:%n%n%s"
            .formatted(settings.log("postgres"), Tail.of(settings.log("postgres"), 25)));
  }
}
