package io.countersign.intake;

import io.countersign.handback.GrantRelease;
import io.countersign.handback.Grants;
import io.countersign.identity.Caller;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.DecisionView;
import io.countersign.request.GrantStatus;
import io.countersign.request.RequestView;
import io.countersign.request.RequestViews;
import io.countersign.review.Presentations;
import io.countersign.review.Turns;
import io.countersign.review.Visibility;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes a request for whoever reads it: the grant for its agent only, the presentation for people.
 */
@Component
class Answers {

  private final Visibility visibility;
  private final RequestViews views;
  private final Presentations presentations;
  private final Turns turns;
  private final Grants grants;
  private final GrantRelease release;
  private final Clock clock;

  Answers(
      Visibility visibility,
      RequestViews views,
      Presentations presentations,
      Turns turns,
      Grants grants,
      GrantRelease release,
      Clock clock) {
    this.visibility = visibility;
    this.views = views;
    this.presentations = presentations;
    this.turns = turns;
    this.grants = grants;
    this.release = release;
    this.clock = clock;
  }

  /** The request as the caller may see it; nothing if there is none for this caller. */
  @Transactional(readOnly = true)
  public Optional<Answer> to(Caller caller, RequestId id) {
    return visibility.find(caller, id).map(request -> answer(caller, request, release::status));
  }

  /** A request that this transaction stores, as its agent sees it. */
  Answer toProposer(Caller agent, RequestId id) {
    return visibility
        .find(agent, id)
        .map(request -> answer(agent, request, release::statusOfNew))
        .orElseThrow();
  }

  /** The steps of a plan that the caller may see; nothing if there is none. */
  @Transactional(readOnly = true)
  public Optional<PlanAnswer> toPlan(Caller caller, UUID plan) {
    List<Answer> steps =
        visibility.findSteps(caller, plan).stream()
            .filter(request -> request.erasedAt().isEmpty())
            .map(request -> answer(caller, request, release::status))
            .toList();
    return steps.isEmpty() ? Optional.empty() : Optional.of(new PlanAnswer(plan, steps));
  }

  private Answer answer(
      Caller caller, ApprovalRequest request, Function<ApprovalRequest, GrantStatus> status) {
    request.erasedAt().ifPresent(Answers::refuse);
    RequestView view = views.of(request);
    Answer.Place place = request.planPlace().map(Answer.Place::of).orElse(null);
    if (Visibility.isItsAgent(caller, request)) {
      return new Answer(withGrant(request, view, status, true), null, null, place, links(request));
    }
    RequestView seen = withGrant(request, view, status, false);
    return new Answer(
        seen.withoutAgentsOwn(),
        caller.isPerson() ? presentations.of(request, view) : null,
        caller.isPerson()
            ? turns.of(caller, request, Optional.ofNullable(view.onBehalfOf()))
            : null,
        place,
        links(request));
  }

  private static void refuse(Instant erasedAt) {
    throw new Problem(
        ProblemType.ERASED,
        "what was written in it was erased at " + erasedAt + "; the log still proves how it ended");
  }

  private RequestView withGrant(
      ApprovalRequest request,
      RequestView view,
      Function<ApprovalRequest, GrantStatus> statusOf,
      boolean forItsAgent) {
    DecisionView decision = view.decision();
    if (decision == null || decision.parameters() == null) {
      return view;
    }
    GrantStatus status = statusOf.apply(request);
    Optional<String> grant =
        forItsAgent && status == GrantStatus.READY
            ? grants.issue(request, decision.parameters(), clock.instant())
            : Optional.empty();
    return view.withDecision(decision.withGrant(status, grant.orElse(null)));
  }

  private static Answer.Links links(ApprovalRequest request) {
    String self = "/api/v1/approval-requests/" + request.id();
    return new Answer.Links(self, "/review/" + request.id(), self + "/proof");
  }
}
