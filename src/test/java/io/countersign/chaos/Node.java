package io.countersign.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The packaged application as a process that is started again whenever it ends. */
final class Node implements AutoCloseable {

  private static final Path WAR = Path.of("target", "countersign.war").toAbsolutePath();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final URI url;
  private final Path folder;
  private final ProcessBuilder command;
  private final AtomicInteger starts = new AtomicInteger();
  private @Nullable Process process;
  private boolean closed;

  /**
   * A node that listens where the environment says.
   *
   * @param faketime libfaketime, by which its clock can be moved, if it is there
   */
  Node(Path folder, Map<String, String> environment, @Nullable String faketime) {
    this.url = URI.create("http://127.0.0.1:" + environment.get("COUNTERSIGN_PORT"));
    this.folder = folder;
    this.command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx700m",
            // None of them lives long enough to be worth more.
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + folder,
            "-jar",
            WAR.toString());
    command.directory(folder.toFile()).redirectErrorStream(true);
    command.redirectOutput(Redirect.appendTo(log().toFile()));
    command.environment().putAll(environment);
    if (faketime != null) {
      command.environment().putAll(movable(faketime));
    }
  }

  private Map<String, String> movable(String faketime) {
    return Map.of(
        "LD_PRELOAD",
        faketime,
        "FAKETIME_TIMESTAMP_FILE",
        clock().toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // Else every wait with a time limit ends at once, and the JVM spins.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  URI url() {
    return url;
  }

  /** Everything that it said, over all its lives. */
  Path log() {
    return folder.resolve("application.log");
  }

  /** How often it was started. */
  int starts() {
    return starts.get();
  }

  private Path clock() {
    return folder.resolve("clock");
  }

  synchronized void start() {
    if (closed) {
      return;
    }
    setClock(Duration.ZERO);
    try {
      Process started = command.start();
      starts.incrementAndGet();
      process = started;
      CompletableFuture<Void> unused = started.onExit().thenRun(this::start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void kill() {
    running().destroyForcibly();
  }

  synchronized void pause() {
    Signals.STOP.send(running().pid());
  }

  synchronized void resume() {
    Signals.CONT.send(running().pid());
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }

  /**
   * Moves its wall clock away from everybody else's; the timer that it measures time with stays.
   */
  synchronized void setClock(Duration offset) {
    try {
      Path draft =
          Files.writeString(folder.resolve("clock.draft"), "%+d\n".formatted(offset.toSeconds()));
      Files.move(draft, clock(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isReady() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/actuator/health/readiness"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    Process last;
    synchronized (this) {
      closed = true;
      last = process;
    }
    if (last != null) {
      last.destroy();
      if (!last.waitFor(20, TimeUnit.SECONDS)) {
        last.destroyForcibly().waitFor();
      }
    }
  }

  /** What the packaged application does as a command. */
  static List<String> command(String... arguments) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                WAR.toString()),
            Stream.of(arguments))
        .toList();
  }
}
