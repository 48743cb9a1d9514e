package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts and drops every connection, on every address of this machine. */
final class Sink implements AutoCloseable {
  private final ServerSocket socket;
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread thread;

  Sink() throws IOException {
    socket = new ServerSocket(0);
    thread = new Thread(this::accept, "sink");
    thread.start();
  }

  private void accept() {
    while (true) {
      try (Socket taken = socket.accept()) {
        connections.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  int connections() throws IOException {
    // A connection of our own, so that those before it were surely counted.
    int before = connections.get();
    try (Socket own = new Socket("127.0.0.1", port())) {
      assertThat(own.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(connections.get()).isGreaterThan(before);
    return connections.get() - 1;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
