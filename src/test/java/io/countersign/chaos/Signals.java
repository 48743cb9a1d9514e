package io.countersign.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What Java cannot send to a process itself. */
enum Signals {
  /** Stands still, keeping all it holds. */
  STOP,
  /** Goes on. */
  CONT,
  /** To a postmaster: the immediate shutdown, which leaves recovery to the next start. */
  QUIT;

  void send(long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).start();
      kill.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
