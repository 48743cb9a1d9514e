package io.countersign.intake;

import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Circumstances;
import io.countersign.policy.Facts;
import io.countersign.policy.Policy;
import io.countersign.policy.Verdict;
import io.countersign.request.Account;
import io.countersign.request.AgentHistory;
import io.countersign.request.Proposal;
import io.countersign.request.RunningTotals;
import io.countersign.review.ProposalFacts;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.Route;
import io.countersign.shared.Totals;
import java.math.BigDecimal;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks policy about a proposal, in the light of what came before it. */
@Component
class Judgement {

  private final Policy policy;
  private final AgentHistory history;
  private final RunningTotals totals;

  Judgement(Policy policy, AgentHistory history, RunningTotals totals) {
    this.policy = policy;
    this.history = history;
    this.totals = totals;
  }

  /**
   * What policy says of a proposal; counts its amount. Joins the transaction that stores it.
   *
   * <p>Totals can only make a verdict stricter, so the first one tells how to count, and the rows
   * of the totals are held for as short as possible.
   */
  Verdict of(RequestId id, String agent, Proposal proposal, ActionDigest digest) {
    AgentHistory.Before before = history.of(agent, digest, run(proposal));
    Facts facts = ProposalFacts.of(policy, proposal, proposal.parameters());
    Circumstances alone = new Circumstances(before.rejectedBefore(), Totals.NONE);
    Verdict verdict = policy.route(facts, alone);
    Optional<BigDecimal> amount =
        policy.find(proposal.action()).flatMap(it -> it.amount(proposal.parameters()));
    if (verdict.route() == Route.BLOCK || amount.isEmpty()) {
      return verdict;
    }
    boolean autoApproved = verdict.route() == Route.AUTO_APPROVE;
    Totals earlier = totals.reserve(id, account(agent, proposal), amount.get(), autoApproved);
    Verdict inAll = policy.route(facts, alone.with(earlier));
    if (inAll.route() == Route.BLOCK) {
      totals.release(id);
    } else if (autoApproved && inAll.route() != Route.AUTO_APPROVE) {
      totals.ask(id);
    }
    return inAll;
  }

  private Account account(String agent, Proposal proposal) {
    String currency =
        policy
            .find(proposal.action())
            .flatMap((ActionPolicy action) -> action.currency(proposal.parameters()))
            .orElse("");
    return new Account(agent, proposal.action(), currency, run(proposal));
  }

  private static Optional<String> run(Proposal proposal) {
    return Optional.ofNullable(proposal.run()).map(Proposal.Run::id);
  }
}
