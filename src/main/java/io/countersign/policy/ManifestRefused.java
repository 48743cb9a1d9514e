package io.countersign.policy;

import java.util.List;
import java.util.stream.Collectors;

/** The policy cannot be deployed; names every error, not only the first. */
public class ManifestRefused extends Exception {

  private final transient List<ManifestError> errors;

  ManifestRefused(List<ManifestError> errors) {
    super(
        errors.stream()
            .map(ManifestError::toString)
            .collect(Collectors.joining("\n  ", "The policy is refused:\n  ", "")));
    this.errors = List.copyOf(errors);
  }

  /** Every error found, in the order of the file. */
  public List<ManifestError> errors() {
    return errors;
  }
}
