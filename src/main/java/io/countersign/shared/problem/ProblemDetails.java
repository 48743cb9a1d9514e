package io.countersign.shared.problem;

import java.net.URI;
import java.util.UUID;
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
    // Spring would fill in the path, which is the caller's text.
    detail.setInstance(URI.create("urn:uuid:" + UUID.randomUUID()));
    if (!problem.errors().isEmpty()) {
      detail.setProperty("errors", problem.errors());
    }
    return detail;
  }
}
