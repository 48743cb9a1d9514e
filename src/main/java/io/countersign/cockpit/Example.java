package io.countersign.cockpit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.request.Decision;
import io.countersign.request.DecisionView;
import io.countersign.request.ParameterChange;
import io.countersign.request.Proposal;
import io.countersign.request.RequestView;
import io.countersign.request.StageView.VoteView;
import io.countersign.request.Status;
import io.countersign.shared.Reason;
import io.countersign.shared.RequestId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent proposed and why, beside what people said of it and why: something to learn from.
 * It names no person; what people and agents wrote stands as they wrote it.
 *
 * @param said in the order of the stages
 * @param decided what may be carried out; only once approved
 * @param changes from what was proposed to what was decided, as a JSON patch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Example(
    RequestId requestId,
    Instant proposedAt,
    String agent,
    String action,
    String policyVersion,
    List<String> rules,
    JsonNode proposed,
    BigDecimal confidence,
    @Nullable String confidenceBasis,
    List<String> uncertaintyFactors,
    @Nullable String rationale,
    @Nullable String expectedOutcome,
    Proposal.@Nullable Context context,
    List<Question> questions,
    List<Said> said,
    Status outcome,
    @Nullable JsonNode decided,
    List<ParameterChange> changes,
    Instant decidedAt) {

  /** What one person, or a registered reviewer, said. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Said(
      String stage,
      Decision decision,
      @Nullable String reason,
      @Nullable String option,
      @Nullable String answer) {

    static Said of(String stage, VoteView vote) {
      return new Said(stage, vote.decision(), vote.reason(), vote.option(), vote.answer());
    }
  }

  /** What a reviewer asked, and what the agent answered. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Question(String question, @Nullable String answer) {}

  static Example of(RequestView request, DecisionView decision) {
    return new Example(
        request.id(),
        request.createdAt(),
        request.agent(),
        request.action(),
        request.policyVersion(),
        request.reasons().stream().map(Reason::rule).toList(),
        request.parameters(),
        request.confidence(),
        request.confidenceBasis(),
        request.uncertaintyFactors(),
        request.rationale(),
        request.expectedOutcome(),
        request.context(),
        request.questions().stream()
            .map(asked -> new Question(asked.question(), asked.answer()))
            .toList(),
        request.stages().stream()
            .flatMap(stage -> stage.votes().stream().map(vote -> Said.of(stage.name(), vote)))
            .toList(),
        decision.outcome(),
        decision.parameters(),
        decision.changes(),
        decision.decidedAt());
  }
}
