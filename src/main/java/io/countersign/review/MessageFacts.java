package io.countersign.review;

import io.countersign.identity.Member;
import io.countersign.notification.ReviewFacts;
import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Policy;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.RequestViews;
import io.countersign.request.Stage;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells messages who is asked, by the rules that decide who may, and what they may say. */
@Component
class MessageFacts implements ReviewFacts {

  private final Assignments assignments;
  private final RequestViews views;
  private final Policy policy;

  MessageFacts(Assignments assignments, RequestViews views, Policy policy) {
    this.assignments = assignments;
    this.views = views;
    this.policy = policy;
  }

  @Override
  public List<Asked> asked(Stage stage) {
    List<Assignments.Place> places =
        assignments.available(stage).orElseThrow(ReviewFacts.NotKnownNow::new);
    return places.stream()
        .map(
            place ->
                new Asked(place.person().subject(), place.role(), waitsFor(place.person(), stage)))
        .toList();
  }

  private static boolean waitsFor(Member person, Stage stage) {
    return stage.assignee().map(person.username()::equals).orElse(true);
  }

  @Override
  public Wording wording(ApprovalRequest request) {
    return policy
        .find(request.action())
        .map(action -> wording(request, action))
        .orElseGet(() -> new Wording(request.action(), request.action(), ""));
  }

  /** What was proposed stays the title: mails of one thread have one subject. */
  private Wording wording(ApprovalRequest request, ActionPolicy action) {
    return action.headlineInMessages()
        ? new Wording(
            request.headline(),
            action.reviewerView(views.parameters(request, request.currentDigest())).headline(),
            action.consequence())
        : new Wording(action.title(), action.title(), action.consequence());
  }
}
