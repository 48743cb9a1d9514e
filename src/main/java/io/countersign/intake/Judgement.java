package io.countersign.intake;

import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Circumstances;
import io.countersign.policy.Facts;
import io.countersign.policy.Policy;
import io.countersign.policy.Verdict;
import io.countersign.request.Account;
import io.countersign.request.AgentHistory;
import io.countersign.request.AgentHistory.Attempt;
import io.countersign.request.AgentHistory.Before;
import io.countersign.request.AgentHistory.Limits;
import io.countersign.request.Proposal;
import io.countersign.request.RunningTotals;
import io.countersign.review.ProposalFacts;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Reason;
import io.countersign.shared.RequestId;
import io.countersign.shared.Route;
import io.countersign.shared.Totals;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Asks policy about a proposal, in the light of what came before it. */
@Component
class Judgement {

  private final Policy policy;
  private final AgentHistory history;
  private final RunningTotals totals;
  private final LimitSettings settings;

  Judgement(Policy policy, AgentHistory history, RunningTotals totals, LimitSettings settings) {
    this.policy = policy;
    this.history = history;
    this.totals = totals;
    this.settings = settings;
  }

  /**
   * What policy says of a proposal; counts its amount. Joins the transaction that stores it.
   *
   * @param plan the plan it is a step of
   * @throws io.countersign.shared.problem.RateLimited if the agent takes too much
   */
  Verdict of(
      RequestId id, String agent, Proposal proposal, ActionDigest digest, Optional<UUID> plan) {
    Limits limits = settings.of(agent);
    Before before =
        history.of(
            new Attempt(agent, proposal.action(), digest, run(proposal), policy.version(), limits));
    Fairness.requirePace(before, limits);
    Facts facts = ProposalFacts.of(policy, proposal, proposal.parameters());
    Circumstances alone =
        new Circumstances(before.rejectedBefore(), before.overrides(), Totals.NONE);
    Optional<String> together = run(proposal).or(() -> plan(proposal, plan));
    Account account = new Account(agent, proposal.action(), currency(proposal), together);
    Verdict verdict = counted(id, account, proposal, facts, alone);
    Fairness.requireRoom(verdict, before, limits);
    return verdict;
  }

  /**
   * Totals can only make a verdict stricter, so the one without them tells how to count, and their
   * rows are held for as short as possible.
   */
  private Verdict counted(
      RequestId id, Account account, Proposal proposal, Facts facts, Circumstances alone) {
    Verdict verdict = policy.route(facts, alone);
    Optional<BigDecimal> amount = amount(proposal);
    if (verdict.route() == Route.BLOCK || amount.isEmpty()) {
      return verdict;
    }
    boolean autoApproved = verdict.route() == Route.AUTO_APPROVE;
    Totals before = totals.reserve(id, account, amount.get(), autoApproved);
    Verdict inAll = policy.route(facts, alone.with(before));
    if (inAll.route() == Route.BLOCK) {
      totals.release(id);
    } else if (autoApproved && inAll.route() != Route.AUTO_APPROVE) {
      totals.ask(id);
    }
    return inAll;
  }

  /** The verdict on a step made stricter for a reason of its plan; its amount is counted anew. */
  Verdict raised(RequestId id, Proposal proposal, Verdict alone, Route atLeast, Reason reason) {
    Facts facts = ProposalFacts.of(policy, proposal, proposal.parameters());
    Verdict verdict = policy.stricter(facts, alone, atLeast, reason);
    if (amount(proposal).isPresent() && verdict.route() != alone.route()) {
      if (verdict.route() == Route.BLOCK) {
        totals.release(id);
      } else if (alone.route() == Route.AUTO_APPROVE) {
        totals.ask(id);
      }
    }
    return verdict;
  }

  /** What proposals have in common that wait for each other while they are counted. */
  String countedUnder(Proposal proposal) {
    return proposal.action() + ' ' + currency(proposal);
  }

  private Optional<BigDecimal> amount(Proposal proposal) {
    return action(proposal).flatMap(action -> action.amount(proposal.parameters()));
  }

  private String currency(Proposal proposal) {
    return action(proposal).flatMap(action -> action.currency(proposal.parameters())).orElse("");
  }

  private Optional<ActionPolicy> action(Proposal proposal) {
    return policy.find(proposal.action());
  }

  /** Without a run, the steps of a plan are one; so are proposals that name the same plan. */
  private static Optional<String> plan(Proposal proposal, Optional<UUID> plan) {
    return plan.map(UUID::toString)
        .or(() -> Optional.ofNullable(proposal.plan()))
        .map(name -> "plan " + name);
  }

  private static Optional<String> run(Proposal proposal) {
    return Optional.ofNullable(proposal.run()).map(Proposal.Run::id);
  }
}
