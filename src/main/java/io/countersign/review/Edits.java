package io.countersign.review;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.identity.Caller;
import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Circumstances;
import io.countersign.policy.ParameterError;
import io.countersign.policy.Policy;
import io.countersign.policy.Verdict;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Proposal;
import io.countersign.request.RequestViews;
import io.countersign.request.RunningTotals;
import io.countersign.request.Stage;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.StageKind;
import io.countersign.shared.StagePlan;
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
  private final ApprovalRequests requests;
  private final DrawnStages chains;
  private final RunningTotals totals;

  Edits(
      Policy policy,
      RequestViews views,
      ApprovalRequests requests,
      DrawnStages chains,
      RunningTotals totals) {
    this.policy = policy;
    this.views = views;
    this.requests = requests;
    this.chains = chains;
    this.totals = totals;
  }

  /** Takes an edit: stores it, and adds the stages that policy owes because of it. */
  ActionDigest take(Stage stage, Proposal proposal, Caller editor, JsonNode edited) {
    requireChanged(stage.request(), edited);
    return choose(stage, proposal, editor, edited);
  }

  /** The same for what the agent offered to choose; it may be what was proposed. */
  ActionDigest choose(Stage stage, Proposal proposal, Caller editor, JsonNode chosen) {
    requireSchema(stage.request(), chosen);
    Verdict verdict = requirePolicy(stage, proposal, editor, chosen);
    oweMore(stage.request(), verdict);
    return requests.addEdit(stage.request(), chosen, "person:" + editor.subject());
  }

  private void requireChanged(ApprovalRequest request, JsonNode edited) {
    if (views.parameters(request, request.currentDigest()).equals(edited)) {
      throw SubmittedDecision.invalid(
          SubmittedDecision.PARAMETERS, "nothing was changed; approve instead of editing");
    }
  }

  /** Policy may add stages because of an edit, never take one away. */
  private void oweMore(ApprovalRequest request, Verdict verdict) {
    List<StagePlan> more =
        verdict.review().map(ReviewPlan::stages).orElse(List.of()).stream()
            .filter(owed -> !request.owes(owed.name()))
            .toList();
    for (StagePlan owed : more) {
      if (!chains.asks(request.plan().chain(), owed)) {
        throw SubmittedDecision.invalid(
            SubmittedDecision.PARAMETERS,
            "the action as edited also needs the stage "
                + owed.name()
                + ", which this chain does not have; reject it, so that the agent proposes it like"
                + " that");
      }
      request.owe(owed);
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

  private Verdict requirePolicy(Stage stage, Proposal proposal, Caller editor, JsonNode edited) {
    Verdict verdict =
        policy.route(
            ProposalFacts.of(policy, proposal, edited), corrected(stage.request(), edited));
    if (verdict.route() == Route.BLOCK) {
      throw SubmittedDecision.invalid(
          SubmittedDecision.PARAMETERS, "policy blocks the action as edited");
    }
    Optional<Role> needed = neededHere(stage, verdict);
    boolean enough =
        needed.filter(role -> !editor.has(role) && !wasOutranked(role, stage, proposal)).isEmpty();
    if (!enough) {
      throw SubmittedDecision.invalid(
          SubmittedDecision.PARAMETERS,
          "the action as edited needs the role "
              + needed.orElseThrow().realmName()
              + "; reject it, so that the agent proposes it like that");
    }
    return verdict;
  }

  /** The role that this very stage would need, had the action been proposed as edited. */
  private static Optional<Role> neededHere(Stage stage, Verdict verdict) {
    return verdict.review().stream()
        .flatMap(plan -> plan.stages().stream())
        .filter(owed -> owed.name().equals(stage.part()) && owed.kind() == StageKind.PERSON)
        .map(owed -> owed.roles().get(0))
        .findFirst();
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
    return stage.roles().contains(role) || action.filter(it -> it.usualRole() == role).isPresent();
  }
}
