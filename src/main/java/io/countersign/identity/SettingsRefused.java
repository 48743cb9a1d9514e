package io.countersign.identity;

import java.util.List;

/** The environment lacks something, or has something that only the demo may have. */
final class SettingsRefused extends RuntimeException {

  private final List<String> problems;

  SettingsRefused(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
