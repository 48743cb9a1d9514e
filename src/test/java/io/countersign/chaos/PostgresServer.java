package io.countersign.chaos;

import io.countersign.dev.Database;
import io.countersign.dev.EmbeddedDatabase;
import io.countersign.dev.Ports;
import io.countersign.dev.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A durable server that crashes and comes back with what it had promised to keep. */
final class PostgresServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final int port = Ports.free();
  private final Secrets secrets = Secrets.inMemory();
  private EmbeddedDatabase server;

  PostgresServer(Path folder) {
    this.folder = folder.resolve("postgres");
    this.server = start();
  }

  private EmbeddedDatabase start() {
    return EmbeddedDatabase.kept(
        folder, port, secrets, folder.resolveSibling("postgres.log"), line -> {});
  }

  int port() {
    return port;
  }

  /** The database itself, past every proxy. */
  Database database() {
    return server.main();
  }

  /** Ends at once without writing anything more, if it has not ended already, and starts again. */
  void crash() throws IOException, InterruptedException {
    Optional<ProcessHandle> postmaster = postmaster();
    if (postmaster.isPresent()) {
      Signals.QUIT.send(postmaster.get().pid());
      awaitEnd(postmaster.get());
    }
    // Gives back the lock on the folder.
    server.close();
    server = start();
  }

  private static void awaitEnd(ProcessHandle postmaster) throws InterruptedException {
    try {
      postmaster.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("PostgreSQL survives an immediate stop", e);
    }
  }

  /** The processes of the server, as they are now. */
  List<Long> processes() throws IOException {
    ProcessHandle postmaster = postmaster().orElseThrow();
    return Stream.concat(Stream.of(postmaster), postmaster.children())
        .map(ProcessHandle::pid)
        .toList();
  }

  private Optional<ProcessHandle> postmaster() throws IOException {
    Path note = folder.resolve("data").resolve("postmaster.pid");
    return Files.exists(note)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(note).get(0).trim()))
        : Optional.empty();
  }

  @Override
  public void close() {
    server.close();
  }
}
