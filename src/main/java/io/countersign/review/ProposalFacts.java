package io.countersign.review;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.policy.Facts;
import io.countersign.request.Proposal;
import io.countersign.shared.Urgency;

/** What policy looks at in a proposal. */
public final class ProposalFacts {

  private ProposalFacts() {}

  /** The facts of a proposal, with the parameters as proposed or as edited. */
  public static Facts of(Proposal proposal, JsonNode parameters) {
    return new Facts(
        proposal.action(),
        parameters,
        proposal.confidence(),
        proposal.uncertaintyFactors(),
        proposal.recommendedReview() || proposal.asksPeople(),
        proposal.triggers(),
        proposal.urgency() == null ? Urgency.NORMAL : proposal.urgency());
  }
}
