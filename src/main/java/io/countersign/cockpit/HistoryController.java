package io.countersign.cockpit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.identity.Callers;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.HistoryQuery;
import io.countersign.request.Status;
import io.countersign.shared.RequestId;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import io.countersign.shared.WireName;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was proposed and decided, newest first, for managers and auditors. */
@RestController
class HistoryController {

  private static final int MAX_PAGE = 100;

  private final ApprovalRequests requests;
  private final Callers callers;

  HistoryController(ApprovalRequests requests, Callers callers) {
    this.requests = requests;
    this.callers = callers;
  }

  /** One page of the history. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<Item> items, @Nullable RequestId nextCursor) {}

  /** One line of the history. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      RequestId id,
      String action,
      @Nullable String headline,
      String agent,
      Status status,
      Route route,
      @Nullable Severity severity,
      Instant createdAt,
      @Nullable Instant closedAt,
      @Nullable Instant erasedAt,
      @Nullable String decidedBy,
      @Nullable String reason) {

    static Item of(ApprovalRequest request) {
      Optional<Instant> erased = request.erasedAt();
      return new Item(
          request.id(),
          request.action(),
          erased.isPresent() ? null : request.headline(),
          request.agent(),
          request.status(),
          request.route(),
          request.severity().orElse(null),
          request.createdAt(),
          request.closedAt().orElse(null),
          erased.orElse(null),
          request.decidedLastBy().orElse(null),
          erased.isPresent() ? null : request.decisionReason().orElse(null));
    }
  }

  @GetMapping(path = "/api/v1/approval-requests", produces = MediaType.APPLICATION_JSON_VALUE)
  Page list(
      @RequestParam Optional<String> id,
      @RequestParam Optional<String> status,
      @RequestParam Optional<String> action,
      @RequestParam Optional<String> agent,
      @RequestParam Optional<String> reviewer,
      @RequestParam Optional<String> cursor,
      @RequestParam(defaultValue = "50") String limit) {
    LookingBack.require(callers.current());
    int size = pageSize(limit);
    List<ApprovalRequest> found =
        requests.history(
            new HistoryQuery(
                given(id).map(text -> id("id", text, "expected the id of a request, apr_<uuid>")),
                given(status).map(HistoryController::status),
                given(action),
                given(agent),
                given(reviewer),
                given(cursor).map(text -> id("cursor", text, "expected the nextCursor of a page")),
                size + 1));
    List<Item> items = found.stream().limit(size).map(Item::of).toList();
    RequestId next = found.size() > size ? items.get(size - 1).id() : null;
    return new Page(items, next);
  }

  private static Optional<String> given(Optional<String> parameter) {
    return parameter.filter(text -> !text.isBlank());
  }

  private static Status status(String wire) {
    try {
      return WireName.parse(Status.class, wire);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          ProblemType.INVALID_REQUEST,
          "status",
          "expected one of pending, approved, approved_with_edits, rejected, expired, blocked");
    }
  }

  private static RequestId id(String field, String text, String expected) {
    return RequestId.find(text.strip())
        .orElseThrow(() -> new Problem(ProblemType.INVALID_REQUEST, field, expected));
  }

  private static int pageSize(String limit) {
    if (!limit.matches("\\d{1,3}")
        || Integer.parseInt(limit) < 1
        || Integer.parseInt(limit) > MAX_PAGE) {
      throw new Problem(
          ProblemType.INVALID_REQUEST, "limit", "expected a number from 1 to " + MAX_PAGE);
    }
    return Integer.parseInt(limit);
  }
}
