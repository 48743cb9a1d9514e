package io.countersign.cockpit;

import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.HistoryQuery;
import io.countersign.request.RequestView;
import io.countersign.request.RequestViews;
import io.countersign.shared.RequestId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what people decided, page by page, newest first. */
@Component
class Examples {

  private static final int PAGE = 50;

  private final ApprovalRequests requests;
  private final RequestViews views;

  Examples(ApprovalRequests requests, RequestViews views) {
    this.requests = requests;
    this.views = views;
  }

  /**
   * One page of the history, of which only what people decided is an example.
   *
   * @param next where the next page begins; nothing after the last
   */
  record Page(List<Example> examples, Optional<RequestId> next) {}

  @Transactional(readOnly = true)
  public Page page(Optional<String> action, Optional<RequestId> before) {
    List<ApprovalRequest> found =
        requests.history(
            new HistoryQuery(
                Optional.empty(),
                Optional.empty(),
                action,
                Optional.empty(),
                Optional.empty(),
                before,
                PAGE));
    List<Example> examples =
        found.stream().filter(Examples::wasDecidedByPeople).map(this::example).toList();
    return new Page(
        examples, found.size() < PAGE ? Optional.empty() : Optional.of(found.get(PAGE - 1).id()));
  }

  private static boolean wasDecidedByPeople(ApprovalRequest request) {
    return request.closedAt().isPresent()
        && request.erasedAt().isEmpty()
        && request.decidingVote().isPresent();
  }

  private Example example(ApprovalRequest request) {
    RequestView view = views.of(request);
    return Example.of(view, Objects.requireNonNull(view.decision()));
  }
}
