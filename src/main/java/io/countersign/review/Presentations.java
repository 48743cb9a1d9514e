package io.countersign.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.countersign.policy.ActionPolicy;
import io.countersign.policy.ParameterView;
import io.countersign.policy.Policy;
import io.countersign.policy.ReviewerView;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.RequestView;
import io.countersign.review.Presentation.Choice;
import io.countersign.review.Presentation.Field;
import io.countersign.review.Presentation.Panel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Draws what reviewers are shown from the stored parameters and the manifest. */
@Component
public class Presentations {

  private final Policy policy;
  private final ReasonRule reasons;

  Presentations(Policy policy, ReasonRule reasons) {
    this.policy = policy;
    this.reasons = reasons;
  }

  /** What a reviewer of this request is shown beside the agent's words. */
  public Presentation of(ApprovalRequest request, RequestView view) {
    Optional<ActionPolicy> action = policy.find(request.action());
    JsonNode shown = view.current() == null ? view.parameters() : view.current().parameters();
    return new Presentation(
        action
            .map(known -> panel(known.reviewerView(shown)))
            .orElseGet(() -> uninspected(request, shown)),
        action.flatMap(ActionPolicy::confidenceGate).orElse(null),
        action.map(known -> known.thresholds().escalateConfidence()).orElse(null),
        choices(request, view),
        request.signIn().map(wanted -> wanted.within().toMinutes()).orElse(null));
  }

  private static Panel panel(ReviewerView shown) {
    return new Panel(
        shown.headline(),
        shown.consequence(),
        shown.parameters().stream().map(Presentations::field).toList(),
        shown.reasons());
  }

  private static Field field(ParameterView parameter) {
    JsonNode value = parameter.value();
    return new Field(
        parameter.name(),
        parameter.label(),
        value.isMissingNode() ? null : value,
        parameter.unit().orElse(null),
        parameter.declared(),
        parameter.required(),
        parameter.type(),
        parameter.schema());
  }

  /** Nothing is known of the action: every parameter is shown, none was inspected. */
  private static Panel uninspected(ApprovalRequest request, JsonNode parameters) {
    List<Field> fields =
        parameters.properties().stream().map(Presentations::uninspectedField).toList();
    return new Panel(request.headline(), null, fields, List.of());
  }

  private static Field uninspectedField(Map.Entry<String, JsonNode> parameter) {
    return new Field(
        parameter.getKey(),
        parameter.getKey(),
        parameter.getValue(),
        null,
        false,
        false,
        "any",
        JsonNodeFactory.instance.objectNode());
  }

  private List<Choice> choices(ApprovalRequest request, RequestView view) {
    return AllowedDecisions.of(request, !view.options().isEmpty(), view.allowedDecisions()).stream()
        .map(decision -> new Choice(decision, reasons.isRequired(request, decision)))
        .toList();
  }
}
