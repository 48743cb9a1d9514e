package io.countersign.fences;

import java.sql.Connection;

/** Trespasses. */
final class UsesTheDatabase {

  Connection database() {
    throw new UnsupportedOperationException();
  }
}
