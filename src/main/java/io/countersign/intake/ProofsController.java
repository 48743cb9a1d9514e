package io.countersign.intake;

import io.countersign.handback.GrantRelease;
import io.countersign.identity.Callers;
import io.countersign.request.ApprovalRequest;
import io.countersign.review.Visibility;
import io.countersign.shared.LogReceipt;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where whoever may read a request gets the proof that the log holds how it ended. */
@RestController
class ProofsController {

  private final Visibility visibility;
  private final GrantRelease release;
  private final Callers callers;

  ProofsController(Visibility visibility, GrantRelease release, Callers callers) {
    this.visibility = visibility;
    this.release = release;
    this.callers = callers;
  }

  /** {@code {entry, proof}}: the bytes of the entry, and a {@code c2sp.org/tlog-proof@v1}. */
  @GetMapping(
      path = "/api/v1/approval-requests/{id}/proof",
      produces = MediaType.APPLICATION_JSON_VALUE)
  LogReceipt proof(@PathVariable String id) {
    ApprovalRequest request =
        RequestId.find(id)
            .flatMap(found -> visibility.find(callers.current(), found))
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemType.NOT_FOUND, "there is no request of that id that you may read"));
    if (request.closedAt().isEmpty()) {
      throw new Problem(ProblemType.CONFLICT, "the request is still open");
    }
    return release
        .receipt(request)
        .orElseThrow(
            () ->
                new Problem(
                    ProblemType.UNAVAILABLE, "the log is not published so far; try again soon"));
  }
}
