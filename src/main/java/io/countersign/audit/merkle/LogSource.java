package io.countersign.audit.merkle;

import java.io.IOException;

/** Where somebody reads a log from, by the paths of c2sp.org/tlog-tiles. */
@FunctionalInterface
public interface LogSource {

  /**
   * The bytes at a path.
   *
   * @param maxBytes more than so many are refused
   * @throws IOException if there is nothing, or it cannot be read
   */
  byte[] read(String path, int maxBytes) throws IOException;
}
