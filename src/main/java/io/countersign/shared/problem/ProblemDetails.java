package io.countersign.shared.problem;

import org.springframework.http.ProblemDetail;

/** Writes problems in the shape of RFC 9457, for controllers and filters alike. */
public final class ProblemDetails {

  private ProblemDetails() {}

  /** The problem as a document; {@code errors} lists the fields that are wrong, if any. */
  public static ProblemDetail of(Problem problem) {
    ProblemDetail detail = ProblemDetail.forStatus(problem.type().status());
    detail.setType(problem.type().uri());
    detail.setTitle(problem.type().title());
    detail.setDetail(problem.getMessage());
    if (!problem.errors().isEmpty()) {
      detail.setProperty("errors", problem.errors());
    }
    return detail;
  }
}
