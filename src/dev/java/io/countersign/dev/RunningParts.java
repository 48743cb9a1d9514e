package io.countersign.dev;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What was started, to be stopped in the opposite order, also when the stop comes in mid-start. */
final class RunningParts {
  private final Deque<Part> parts = new ArrayDeque<>();
  private final Terminal terminal;
  private boolean stopping;

  RunningParts(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Adds a part, or stops it at once when everything is being stopped already. */
  <T extends AutoCloseable> T add(String name, T part) {
    synchronized (this) {
      if (!stopping) {
        parts.push(new Part(name, part));
        return part;
      }
    }
    stop(new Part(name, part));
    throw new DevException("Stopped while starting.");
  }

  synchronized boolean areStopping() {
    return stopping;
  }

  void stopAll() {
    synchronized (this) {
      stopping = true;
    }
    for (var part = next(); part != null; part = next()) {
      stop(part);
    }
  }

  private synchronized @Nullable Part next() {
    return parts.poll();
  }

  private void stop(Part part) {
    terminal.progress(part.name() + ": stopping");
    try {
      part.handle().close();
    } catch (Exception e) {
      terminal.progress(part.name() + " could not be stopped: " + e.getMessage());
    }
  }

  private record Part(String name, AutoCloseable handle) {}
}
