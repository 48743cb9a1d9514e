package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.Status;
import io.countersign.review.ReviewDecisions;
import io.countersign.review.Visibility;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The people's door for one decision. */
@RestController
class DecisionsController {

  private final DecisionReader reader;
  private final ReviewDecisions decisions;
  private final Visibility visibility;
  private final Callers callers;

  DecisionsController(
      DecisionReader reader, ReviewDecisions decisions, Visibility visibility, Callers callers) {
    this.reader = reader;
    this.decisions = decisions;
    this.visibility = visibility;
    this.callers = callers;
  }

  /**
   * Decides a stage, taking it first if nobody has. The same person repeating the same decision
   * gets the same answer; somebody else's gets 409.
   */
  @PostMapping(
      path = "/api/v1/approval-requests/{id}/decisions",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> decide(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    Caller caller = callers.current();
    RequestId requestId = readable(id, caller);
    DecisionReader.Read read = reader.read(request.getInputStream());
    String stage = decisions.decide(requestId, read.stage(), caller, read.decision());
    return Map.of(
        "requestId",
        requestId,
        "stage",
        stage,
        "decision",
        read.decision().decision(),
        "status",
        decisions.status(requestId));
  }

  /** Objects to what policy approved, while its window is open: {@code {reason}}. */
  @PostMapping(
      path = "/api/v1/approval-requests/{id}/objection",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> object(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    Caller caller = callers.current();
    RequestId requestId = readable(id, caller);
    decisions.object(requestId, caller, reader.reason(request.getInputStream()));
    return Map.of("requestId", requestId, "status", Status.REVOKED);
  }

  private RequestId readable(String id, Caller caller) {
    return RequestId.find(id)
        .flatMap(found -> visibility.find(caller, found))
        .orElseThrow(
            () ->
                new Problem(
                    ProblemType.NOT_FOUND, "there is no request of that id that you may read"))
        .id();
  }
}
