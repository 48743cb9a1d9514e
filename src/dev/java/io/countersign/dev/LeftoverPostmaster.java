package io.countersign.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A PostgreSQL server that outlived the JVM that started it, as after kill -9. */
final class LeftoverPostmaster {
  private static final long PATIENCE_SECONDS = 30;
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  private LeftoverPostmaster() {}

  /** Stops the server whose data these are, if it still runs. */
  static void stop(Path data, Consumer<String> progress) throws IOException {
    var server = find(data);
    if (server.isPresent()) {
      progress.accept(
          "PostgreSQL of an earlier start still runs (process %d): stopping it"
              .formatted(server.get().pid()));
      stop(server.get());
    }
  }

  /** The running server whose data these are. */
  static Optional<ProcessHandle> find(Path data) throws IOException {
    var file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var lines = Files.readAllLines(file);
    if (lines.size() < 3) {
      return Optional.empty();
    }
    var started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()));
    return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
        .filter(process -> isThatServer(process, started));
  }

  /** The id may have been given to another process since. */
  private static boolean isThatServer(ProcessHandle process, Instant started) {
    return process
        .info()
        .startInstant()
        .map(at -> Duration.between(at, started).abs().compareTo(CLOCK_TOLERANCE) < 0)
        .orElse(true);
  }

  private static void stop(ProcessHandle server) throws IOException {
    // SIGINT is the fast shutdown; SIGTERM would wait until every client has gone.
    new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start();
    try {
      server.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new DevException(
          "PostgreSQL of an earlier start (process %1$d) did not stop within %2$d seconds. Stop it with: kill -INT %1$d"
              .formatted(server.pid(), PATIENCE_SECONDS),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevException("Interrupted while PostgreSQL was stopping.", e);
    }
  }
}
