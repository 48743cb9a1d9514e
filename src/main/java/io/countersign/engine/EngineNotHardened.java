package io.countersign.engine;

import java.util.List;

/** The engine was built open somewhere; the application does not start. */
class EngineNotHardened extends RuntimeException {

  EngineNotHardened(List<String> findings) {
    super("the engine is not closed as it must be: " + String.join("; ", findings));
  }
}
