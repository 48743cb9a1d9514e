package io.countersign.review;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.identity.Caller;
import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Circumstances;
import io.countersign.policy.ParameterError;
import io.countersign.policy.Policy;
import io.countersign.policy.Verdict;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Proposal;
import io.countersign.request.RequestViews;
import io.countersign.request.RunningTotals;
import io.countersign.request.Stage;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What a reviewer may make of an action. An edited action goes through its schema and through
 * policy again, as if it had been proposed like that; its name never changes.
 */
@Component
class Edits {

  private final Policy policy;
  private final RequestViews views;
  private final RunningTotals totals;

  Edits(Policy policy, RequestViews views, RunningTotals totals) {
    this.policy = policy;
    this.views = views;
    this.totals = totals;
  }

  void require(Stage stage, Proposal proposal, Caller editor, JsonNode edited) {
    requireChanged(stage.request(), edited);
    requireSchema(stage.request(), edited);
    requirePolicy(stage, proposal, editor, edited);
  }

  private void requireChanged(ApprovalRequest request, JsonNode edited) {
    if (views.parameters(request, request.actionDigest()).equals(edited)) {
      throw SubmittedDecision.invalid(
          SubmittedDecision.PARAMETERS, "nothing was changed; approve instead of editing");
    }
  }

  private void requireSchema(ApprovalRequest request, JsonNode edited) {
    ActionPolicy action =
        policy
            .find(request.action())
            .orElseThrow(
                () ->
                    SubmittedDecision.invalid(
                        SubmittedDecision.PARAMETERS,
                        "the manifest does not know this action any more; it can only be rejected"));
    List<ParameterError> errors = action.check(edited);
    if (!errors.isEmpty()) {
      throw SubmittedDecision.invalid(
          SubmittedDecision.PARAMETERS,
          errors.stream()
              .map(error -> (error.pointer() + " expected " + error.expected()).strip())
              .collect(Collectors.joining("; ")));
    }
  }

  private void requirePolicy(Stage stage, Proposal proposal, Caller editor, JsonNode edited) {
    Verdict verdict =
        policy.route(ProposalFacts.of(proposal, edited), corrected(stage.request(), edited));
    if (verdict.route() == Route.BLOCK) {
      throw SubmittedDecision.invalid(
          SubmittedDecision.PARAMETERS, "policy blocks the action as edited");
    }
    Optional<Role> needed = verdict.review().map(ReviewPlan::role);
    boolean enough =
        needed.filter(role -> !editor.has(role) && !wasOutranked(role, stage, proposal)).isEmpty();
    if (!enough) {
      throw SubmittedDecision.invalid(
          SubmittedDecision.PARAMETERS,
          "the action as edited needs the role "
              + needed.orElseThrow().realmName()
              + "; reject it, so that the agent proposes it like that");
    }
  }

  /** Counts the amount as edited; a person decides, so that nothing else of the past matters. */
  private Circumstances corrected(ApprovalRequest request, JsonNode edited) {
    Optional<ActionPolicy> action = policy.find(request.action());
    return action
        .flatMap(it -> it.amount(edited))
        .map(
            amount ->
                totals.correct(
                    request.id(), amount, action.flatMap(it -> it.currency(edited)).orElse("")))
        .map(Circumstances.NONE::with)
        .orElse(Circumstances.NONE);
  }

  /** Whoever may decide the action as proposed may make it one that a reviewer could decide. */
  private boolean wasOutranked(Role role, Stage stage, Proposal proposal) {
    Optional<ActionPolicy> action = policy.find(proposal.action());
    return role == stage.role() || action.filter(it -> it.usualRole() == role).isPresent();
  }
}
