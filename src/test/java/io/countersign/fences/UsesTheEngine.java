package io.countersign.fences;

import org.camunda.bpm.engine.RuntimeService;

/** Trespasses. */
final class UsesTheEngine {

  RuntimeService engine() {
    throw new UnsupportedOperationException();
  }
}
