package io.countersign.identity;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows an operator what to set instead of a stack trace. */
final class SettingsRefusedAnalyzer extends AbstractFailureAnalyzer<SettingsRefused> {

  @Override
  protected FailureAnalysis analyze(Throwable root, SettingsRefused refused) {
    return new FailureAnalysis(
        "Countersign does not start with this environment:\n  - "
            + String.join("\n  - ", refused.problems()),
        "Set these in the environment and start again.",
        refused);
  }
}
