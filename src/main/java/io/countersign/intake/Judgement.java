package io.countersign.intake;

import io.countersign.policy.Circumstances;
import io.countersign.policy.Policy;
import io.countersign.policy.Verdict;
import io.countersign.request.AgentHistory;
import io.countersign.request.Proposal;
import io.countersign.review.ProposalFacts;
import io.countersign.shared.ActionDigest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks policy about a proposal, in the light of what came before it. */
@Component
class Judgement {

  private final Policy policy;
  private final AgentHistory history;

  Judgement(Policy policy, AgentHistory history) {
    this.policy = policy;
    this.history = history;
  }

  /** What policy says of a proposal; joins the transaction that stores it. */
  Verdict of(String agent, Proposal proposal, ActionDigest digest) {
    AgentHistory.Before before = history.of(agent, digest, run(proposal));
    return policy.route(
        ProposalFacts.of(proposal, proposal.parameters()),
        new Circumstances(before.rejectedBefore()));
  }

  private static Optional<String> run(Proposal proposal) {
    return Optional.ofNullable(proposal.run()).map(Proposal.Run::id);
  }
}
