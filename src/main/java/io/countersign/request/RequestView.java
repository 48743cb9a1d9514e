package io.countersign.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Mode;
import io.countersign.shared.Reason;
import io.countersign.shared.RequestId;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import io.countersign.shared.Urgency;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as agents and people read it: the agent's words, our verdict, and what people said. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestView(
    RequestId id,
    long version,
    Status status,
    String action,
    JsonNode parameters,
    ActionDigest actionDigest,
    String agent,
    @Nullable String owner,
    @Nullable String onBehalfOf,
    String headline,
    @Nullable Severity severity,
    @Nullable Boolean reversible,
    Mode mode,
    Urgency urgency,
    InteractionPattern pattern,
    Route route,
    List<Reason> reasons,
    String policyVersion,
    @Nullable String chain,
    BigDecimal confidence,
    @Nullable String confidenceBasis,
    List<String> uncertaintyFactors,
    boolean recommendedReview,
    List<String> triggers,
    @Nullable String rationale,
    @Nullable String expectedOutcome,
    Proposal.@Nullable Run run,
    Proposal.@Nullable Context context,
    @Nullable String externalId,
    @Nullable JsonNode resumeState,
    Instant createdAt,
    @Nullable Instant deadline,
    List<StageView> stages,
    @Nullable Current current,
    List<Proposal.Option> options,
    List<Decision> allowedDecisions,
    List<QuestionView> questions,
    @Nullable Earlier revises,
    @Nullable String plan,
    @Nullable DecisionView decision) {

  /**
   * What everybody decides on now, once a person has edited it.
   *
   * @param changes against what the agent proposed
   */
  public record Current(
      ActionDigest actionDigest, JsonNode parameters, List<ParameterChange> changes) {}

  /**
   * The request that this one takes up again.
   *
   * @param reason what the person said then
   * @param changes from what was proposed then to what is proposed now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Earlier(
      RequestId id,
      Status status,
      JsonNode parameters,
      List<ParameterChange> changes,
      @Nullable String reason,
      List<String> decidedBy) {}

  static RequestView of(
      ApprovalRequest request,
      Proposal proposal,
      JsonNode parameters,
      @Nullable Current current,
      @Nullable Earlier revises,
      @Nullable DecisionView decision) {
    return new RequestView(
        request.id(),
        request.version(),
        request.status(),
        request.action(),
        parameters,
        request.actionDigest(),
        request.agent(),
        request.owner().orElse(null),
        proposal.onBehalfOf(),
        request.headline(),
        request.severity().orElse(null),
        request.reversible().orElse(null),
        request.mode(),
        request.urgency(),
        request.pattern(),
        request.route(),
        request.reasons(),
        request.policyVersion(),
        request.chain().orElse(null),
        proposal.confidence(),
        proposal.confidenceBasis(),
        proposal.uncertaintyFactors(),
        proposal.recommendedReview(),
        proposal.triggers(),
        proposal.rationale(),
        proposal.expectedOutcome(),
        proposal.run(),
        proposal.context(),
        proposal.externalId(),
        proposal.resumeState(),
        request.createdAt(),
        request.deadline().orElse(null),
        request.stages().stream().map(StageView::of).toList(),
        current,
        proposal.options(),
        proposal.allowedDecisions(),
        request.questions().stream().map(QuestionView::of).toList(),
        revises,
        proposal.plan(),
        decision);
  }

  /** The same request without what only its agent gets back. */
  public RequestView withoutAgentsOwn() {
    return with(decision, null);
  }

  /** The same request with another telling of its decision. */
  public RequestView withDecision(DecisionView told) {
    return with(told, resumeState);
  }

  private RequestView with(@Nullable DecisionView told, @Nullable JsonNode state) {
    return new RequestView(
        id,
        version,
        status,
        action,
        parameters,
        actionDigest,
        agent,
        owner,
        onBehalfOf,
        headline,
        severity,
        reversible,
        mode,
        urgency,
        pattern,
        route,
        reasons,
        policyVersion,
        chain,
        confidence,
        confidenceBasis,
        uncertaintyFactors,
        recommendedReview,
        triggers,
        rationale,
        expectedOutcome,
        run,
        context,
        externalId,
        state,
        createdAt,
        deadline,
        stages,
        current,
        options,
        allowedDecisions,
        questions,
        revises,
        plan,
        told);
  }
}
