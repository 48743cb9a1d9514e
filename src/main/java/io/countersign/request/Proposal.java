package io.countersign.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.Urgency;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent hands over in one call, already checked for form. Everything in it is the agent's
 * own word.
 *
 * @param action the action's name
 * @param parameters the exact parameters, a JSON object
 * @param confidence how sure the agent is, 0 to 1
 * @param confidenceBasis what the confidence rests on
 * @param uncertaintyFactors what the agent is unsure about
 * @param recommendedReview the agent's own wish for review
 * @param rationale why it wants to act
 * @param expectedOutcome what it expects to happen
 * @param urgency how soon it needs an answer
 * @param onBehalfOf the person it acts for
 * @param pattern what kind of answer it is after
 * @param triggers reasons of its own to ask people
 * @param run the workflow it belongs to
 * @param context reasoning, tool calls, outputs, completed steps and state before
 * @param callback the configured endpoint to tell; the agent's {@code default} one if it has any
 * @param resumeState given back unread
 * @param externalId the item's id in the agent's framework
 * @param options what a person may choose from
 * @param revises the id of the agent's earlier request that this one takes up again
 * @param allowedDecisions what may be said of it; absent means all that the manifest allows
 * @param plan groups requests of one plan
 */
public record Proposal(
    String action,
    JsonNode parameters,
    BigDecimal confidence,
    @Nullable String confidenceBasis,
    List<String> uncertaintyFactors,
    boolean recommendedReview,
    @Nullable String rationale,
    @Nullable String expectedOutcome,
    @Nullable Urgency urgency,
    @Nullable String onBehalfOf,
    @Nullable InteractionPattern pattern,
    List<String> triggers,
    @Nullable Run run,
    @Nullable Context context,
    @Nullable String callback,
    @Nullable JsonNode resumeState,
    @Nullable String externalId,
    List<Option> options,
    @Nullable String revises,
    List<Decision> allowedDecisions,
    @Nullable String plan) {

  /** Absent lists are empty lists. */
  public Proposal {
    uncertaintyFactors = uncertaintyFactors == null ? List.of() : List.copyOf(uncertaintyFactors);
    triggers = triggers == null ? List.of() : List.copyOf(triggers);
    options = options == null ? List.of() : List.copyOf(options);
    allowedDecisions = allowedDecisions == null ? List.of() : List.copyOf(allowedDecisions);
  }

  /** Whether only people can give the agent what it is after. */
  public boolean asksPeople() {
    return pattern == InteractionPattern.CLARIFICATION
        || pattern == InteractionPattern.DECISION_SUPPORT
        || !options.isEmpty();
  }

  /** The option of that id. */
  public Optional<Option> option(String id) {
    return options.stream().filter(option -> option.id().equals(id)).findFirst();
  }

  /**
   * One thing to choose.
   *
   * @param parameters what the action would be then; without them choosing is only an answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Option(String id, String label, @Nullable JsonNode parameters) {}

  /** Where in the agent's workflow this is. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Run(String id, @Nullable Integer step, @Nullable Integer of) {}

  /** What the agent saw and did before, as it tells it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Context(
      @Nullable JsonNode reasoningTrace,
      @Nullable JsonNode toolCalls,
      @Nullable JsonNode outputs,
      @Nullable JsonNode completedSteps,
      @Nullable JsonNode stateBefore) {}
}
