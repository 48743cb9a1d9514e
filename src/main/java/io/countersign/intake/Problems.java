package io.countersign.intake;

import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.Problem.FieldError;
import io.countersign.shared.problem.ProblemType;
import java.util.List;
import java.util.stream.Collectors;

/** Problems that list what is wrong field by field. */
final class Problems {

  private Problems() {}

  static Problem ofFields(ProblemType type, List<FieldError> errors) {
    String detail = errors.stream().map(FieldError::sentence).collect(Collectors.joining("; "));
    return new Problem(type, detail, errors);
  }
}
