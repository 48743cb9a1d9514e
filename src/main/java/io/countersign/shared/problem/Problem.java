package io.countersign.shared.problem;

import java.util.List;

/**
 * A request that a door refuses, with the answer it gives (RFC 9457). The message never quotes what
 * was sent.
 */
public class Problem extends RuntimeException {

  private final ProblemType type;
  private final List<FieldError> errors;

  /**
   * One thing that is wrong.
   *
   * @param field where, as a JSON pointer (RFC 6901) or the name of a header or query parameter
   * @param detail what was expected there
   */
  public record FieldError(String field, String detail) {
    /** Both in one sentence; the empty pointer means the whole body and is not said. */
    public String sentence() {
      return field.isEmpty() ? detail : field + ": " + detail;
    }
  }

  /** Refuses with a sentence for whoever called. */
  public Problem(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  /** Refuses, naming one field. */
  public Problem(ProblemType type, String field, String detail) {
    this(type, new FieldError(field, detail));
  }

  private Problem(ProblemType type, FieldError error) {
    this(type, error.sentence(), List.of(error));
  }

  /** Refuses, naming everything that is wrong at once. */
  public Problem(ProblemType type, String detail, List<FieldError> errors) {
    super(detail);
    this.type = type;
    this.errors = List.copyOf(errors);
  }

  /** What kind of refusal. */
  public ProblemType type() {
    return type;
  }

  /** What is wrong, field by field. */
  public List<FieldError> errors() {
    return errors;
  }
}
