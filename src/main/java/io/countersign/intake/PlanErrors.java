package io.countersign.intake;

import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.Problem.FieldError;
import io.countersign.shared.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong anywhere in a plan, under pointers into the whole body. */
final class PlanErrors {

  private static final int MAX_ERRORS = 20;

  private final List<FieldError> errors = new ArrayList<>();
  private @Nullable ProblemType type;

  void add(String pointer, String expected) {
    add(ProblemType.INVALID_BODY, new FieldError(pointer, expected));
  }

  /** Tries one step; what it is refused for counts below {@code /steps/i}. */
  void inStep(int step, Runnable check) {
    try {
      check.run();
    } catch (Problem refused) {
      String pointer = "/steps/" + step;
      refused
          .errors()
          .forEach(
              error ->
                  add(refused.type(), new FieldError(pointer + error.field(), error.detail())));
      if (refused.errors().isEmpty()) {
        add(refused.type(), new FieldError(pointer, String.valueOf(refused.getMessage())));
      }
    }
  }

  /** The first kind of refusal names the whole. */
  private void add(ProblemType kind, FieldError error) {
    type = type == null ? kind : type;
    errors.add(error);
  }

  void throwIfAny() {
    if (type != null) {
      throw Problems.ofFields(type, errors.stream().distinct().limit(MAX_ERRORS).toList());
    }
  }
}
