package io.countersign;

import java.util.List;

/** The settings do not allow a start; each problem is one sentence that begins with a name. */
class SettingsRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  SettingsRefused(List<String> problems) {
    // Where in the code it was noticed helps nobody who reads it.
    super("Countersign does not start: " + String.join(" ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
