package io.countersign.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Status;
import io.countersign.review.BatchRule;
import io.countersign.review.ReviewDecisions;
import io.countersign.review.Visibility;
import io.countersign.shared.RequestId;
import io.countersign.shared.WireName;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemDetails;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The people's door for many decisions at once, each taken or refused by itself. */
@RestController
class BatchController {

  private static final Logger log = LoggerFactory.getLogger(BatchController.class);

  private final BatchReader reader;
  private final ReviewDecisions decisions;
  private final Visibility visibility;
  private final Callers callers;

  BatchController(
      BatchReader reader, ReviewDecisions decisions, Visibility visibility, Callers callers) {
    this.reader = reader;
    this.decisions = decisions;
    this.visibility = visibility;
    this.callers = callers;
  }

  /** What became of each, in the order they came. */
  record Results(List<Result> results) {}

  /** Whether an item was decided. */
  enum Fate implements WireName {
    DECIDED,
    REFUSED
  }

  /**
   * What became of one.
   *
   * @param outcome how far its request has come, if it was decided
   * @param problem why it was refused, as the door for one decision would say it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(
      String requestId, Fate status, @Nullable Status outcome, @Nullable ProblemDetail problem) {}

  /**
   * Decides up to fifty, each in a transaction of its own: what was refused keeps none of the
   * others. Sending the same again changes nothing.
   */
  @PostMapping(
      path = "/api/v1/decisions:batch",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Results decide(HttpServletRequest request) throws IOException {
    Caller caller = callers.current();
    List<BatchReader.Item> items = reader.read(request.getInputStream());
    return new Results(items.stream().map(item -> decide(item, caller)).toList());
  }

  private Result decide(BatchReader.Item item, Caller caller) {
    try {
      RequestId id = require(item, caller).id();
      decisions.decide(id, item.read().stage(), caller, item.read().decision());
      return new Result(item.requestId(), Fate.DECIDED, decisions.status(id), null);
    } catch (Problem problem) {
      return refused(item, problem);
    } catch (RuntimeException failure) {
      log.error("one of several decisions failed", failure);
      return refused(
          item,
          new Problem(ProblemType.INTERNAL, "it is not known whether it was kept: repeat it"));
    }
  }

  private ApprovalRequest require(BatchReader.Item item, Caller caller) {
    ApprovalRequest request =
        RequestId.find(item.requestId())
            .flatMap(id -> visibility.find(caller, id))
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemType.NOT_FOUND, "there is no request of that id that you may read"));
    BatchRule.refusal(request, item.read().decision().decision())
        .ifPresent(
            refusal -> {
              throw new Problem(ProblemType.FORBIDDEN, refusal);
            });
    return request;
  }

  private static Result refused(BatchReader.Item item, Problem problem) {
    return new Result(item.requestId(), Fate.REFUSED, null, ProblemDetails.of(problem));
  }
}
