package io.countersign;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells operators what is wrong with the settings, all of it at once. */
class SettingsRefusedAnalyzer extends AbstractFailureAnalyzer<SettingsRefused> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, SettingsRefused refused) {
    return new FailureAnalysis(
        "Settings are missing or not acceptable:\n\n  " + String.join("\n  ", refused.problems()),
        "Set them in the environment of the process (docs/operators.md explains each of them) and"
            + " start again.",
        refused);
  }
}
