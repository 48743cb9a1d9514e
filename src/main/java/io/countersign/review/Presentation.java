package io.countersign.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.request.Decision;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer is shown beside the agent's words: drawn from typed parameters and the manifest.
 *
 * @param confidenceGate from which confidence the action may pass without people; absent if never
 * @param escalateBelow below which confidence senior people are asked
 * @param decisions what can be said, and whether a reason is due
 * @param signInWithinMinutes how lately whoever lets it through has to have signed in; absent if
 *     that does not matter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Presentation(
    Panel presentation,
    @Nullable BigDecimal confidenceGate,
    @Nullable BigDecimal escalateBelow,
    List<Choice> decisions,
    @Nullable Long signInWithinMinutes) {

  /**
   * The top panel.
   *
   * @param reasons what people often say when they decide it, to be taken over
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Panel(
      String headline, @Nullable String consequence, List<Field> fields, List<String> reasons) {}

  /** One parameter. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Field(
      String name,
      String label,
      @Nullable JsonNode value,
      @Nullable String unit,
      boolean declared,
      boolean required,
      String type,
      JsonNode schema) {}

  /** One decision on offer. */
  public record Choice(Decision decision, boolean reasonRequired) {}
}
