package io.countersign.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A process with a log file and a note of its id, by which a later start finds it again. */
public final class ChildProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;
  private static final long CLOCK_TOLERANCE_MILLIS = 2_000;

  private static final Set<ChildProcess> LIVING = new LinkedHashSet<>();
  private static boolean stopped;

  private final String name;
  private final Process process;
  private final Path log;
  private final Path note;

  private ChildProcess(String name, Process process, Path log, Path note) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.note = note;
  }

  /** Starts a command; what it says goes to the log. */
  public static ChildProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Path log,
      Path note)
      throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    Files.deleteIfExists(log);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    // One step, so that a stop of everything in between cannot miss the new process.
    synchronized (LIVING) {
      if (stopped) {
        throw new DevException("Stopped while starting " + name + ".");
      }
      var process = builder.start();
      var child = new ChildProcess(name, process, log, note);
      LIVING.add(child);
      process.getOutputStream().close();
      var started = process.info().startInstant().orElse(Instant.now());
      PrivateFiles.write(note, process.pid() + " " + started.toEpochMilli() + "\n");
      return child;
    }
  }

  /** Stops what still lives and starts nothing more in this JVM. */
  static void stopEverything() throws IOException {
    List<ChildProcess> remaining;
    synchronized (LIVING) {
      stopped = true;
      remaining = List.copyOf(LIVING);
    }
    for (var child : remaining) {
      child.close();
    }
  }

  /** Stops the process of an earlier start that the note names, if it still runs. */
  static void stopLeftover(String name, Path note, Consumer<String> progress) throws IOException {
    if (!Files.exists(note)) {
      return;
    }
    var words = Files.readString(note).trim().split(" ", -1);
    if (words.length == 2) {
      var started = Long.parseLong(words[1]);
      var leftover = ProcessHandle.of(Long.parseLong(words[0])).filter(p -> startedAt(p, started));
      if (leftover.isPresent()) {
        progress.accept(
            "%s of an earlier start still runs (process %s): stopping it"
                .formatted(name, words[0]));
        stop(name, leftover.get());
      }
    }
    Files.delete(note);
  }

  /** The id may have been given to another process since. */
  private static boolean startedAt(ProcessHandle process, long millis) {
    return process
        .info()
        .startInstant()
        .map(at -> Math.abs(at.toEpochMilli() - millis) <= CLOCK_TOLERANCE_MILLIS)
        .orElse(false);
  }

  private static void stop(String name, ProcessHandle process) {
    process.destroy();
    if (endsWithin(process, PATIENCE_SECONDS)) {
      return;
    }
    process.destroyForcibly();
    if (!endsWithin(process, PATIENCE_SECONDS)) {
      throw new DevException(
          "%s (process %d) does not stop. Stop it by hand.".formatted(name, process.pid()));
    }
  }

  private static boolean endsWithin(ProcessHandle process, long seconds) {
    try {
      process.onExit().get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Its id, for signals. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process has ended before the time is over. */
  public boolean endsWithin(Duration time) {
    return endsWithin(process.toHandle(), time.toSeconds());
  }

  /** What the process ended with. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Why the process ended, with the last lines of its log. */
  DevException ended() {
    return new DevException(
        "%s ended with exit code %d. Its log, %s, ends with:%n%n%s"
            .formatted(name, process.exitValue(), log, lastLines(25)));
  }

  /** The end of the log. */
  public String lastLines(int count) {
    return Tail.of(log, count);
  }

  /** Ends the process at once, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    if (!endsWithin(process.toHandle(), PATIENCE_SECONDS)) {
      throw new DevException("%s (process %d) survives kill -9.".formatted(name, process.pid()));
    }
  }

  /** Asks the process to stop, then makes it stop. */
  @Override
  public void close() throws IOException {
    stop(name, process.toHandle());
    Files.deleteIfExists(note);
    synchronized (LIVING) {
      LIVING.remove(this);
    }
  }
}
