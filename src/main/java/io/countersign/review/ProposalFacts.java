package io.countersign.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.countersign.policy.Facts;
import io.countersign.policy.Policy;
import io.countersign.request.Proposal;
import io.countersign.shared.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What policy looks at in a proposal. */
public final class ProposalFacts {

  private ProposalFacts() {}

  /** The facts of a proposal, with the parameters as proposed or as edited. */
  public static Facts of(Policy policy, Proposal proposal, JsonNode parameters) {
    return new Facts(
        proposal.action(),
        parameters,
        proposal.confidence(),
        proposal.uncertaintyFactors(),
        proposal.recommendedReview() || proposal.asksPeople(),
        proposal.triggers(),
        proposal.urgency() == null ? Urgency.NORMAL : proposal.urgency(),
        policy.sensitiveIn(parameters, rest(proposal)));
  }

  /** What else people get to read of it; not what is given back to the agent unread. */
  private static List<JsonNode> rest(Proposal proposal) {
    List<JsonNode> rest = new ArrayList<>();
    Stream.of(proposal.rationale(), proposal.expectedOutcome(), proposal.confidenceBasis())
        .filter(Objects::nonNull)
        .map(TextNode::valueOf)
        .forEach(rest::add);
    Stream.concat(proposal.uncertaintyFactors().stream(), proposal.triggers().stream())
        .map(TextNode::valueOf)
        .forEach(rest::add);
    for (Proposal.Option option : proposal.options()) {
      rest.add(TextNode.valueOf(option.label()));
      rest.add(orMissing(option.parameters()));
    }
    Proposal.Context context = proposal.context();
    if (context != null) {
      Stream.of(
              context.reasoningTrace(),
              context.toolCalls(),
              context.outputs(),
              context.completedSteps(),
              context.stateBefore())
          .map(ProposalFacts::orMissing)
          .forEach(rest::add);
    }
    return rest;
  }

  private static JsonNode orMissing(@Nullable JsonNode node) {
    return node == null ? MissingNode.getInstance() : node;
  }
}
