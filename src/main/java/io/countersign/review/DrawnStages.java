package io.countersign.review;

import io.countersign.request.Stage;
import io.countersign.shared.StageKind;
import io.countersign.shared.StagePlan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.springframework.stereotype.Component;

/** Which stages the model of a chain can ask, read off its call activities. */
@Component
class DrawnStages {

  /** Stands for a call that asks whatever is owed. */
  private static final String ANY = "*";

  private final RepositoryService models;
  private final Map<String, List<CallActivity>> byDefinition = new ConcurrentHashMap<>();

  DrawnStages(RepositoryService models) {
    this.models = models;
  }

  /** Whether the newest version of a chain asks this stage, in the way of its kind. */
  boolean asks(String chain, StagePlan owed) {
    Set<String> drawn = stagesOf(chain, owed.kind());
    return drawn.contains(ANY) || drawn.containsAll(owed.seatNames());
  }

  /**
   * Whether that version of a chain asks the stage on the way ahead of tokens that stand at these
   * elements.
   */
  boolean asksAfter(String definition, Collection<String> elements, Stage owed) {
    Set<FlowNode> ahead = WayAhead.after(models.getBpmnModelInstance(definition), elements);
    Set<String> drawn =
        stagesOf(
            ahead.stream()
                .filter(CallActivity.class::isInstance)
                .map(CallActivity.class::cast)
                .toList(),
            owed.kind());
    return drawn.contains(ANY) || drawn.contains(owed.name());
  }

  private Set<String> stagesOf(String chain, StageKind kind) {
    ProcessDefinition newest =
        models
            .createProcessDefinitionQuery()
            .processDefinitionKey(chain)
            .latestVersion()
            .singleResult();
    return newest == null
        ? Set.of()
        : stagesOf(byDefinition.computeIfAbsent(newest.getId(), this::calls), kind);
  }

  private static Set<String> stagesOf(Collection<CallActivity> calls, StageKind kind) {
    return calls.stream()
        .filter(call -> called(kind).equals(call.getCalledElement()))
        .flatMap(call -> mappings(call).stream())
        .filter(in -> ReviewStage.Variables.STAGE.equals(in.getCamundaTarget()))
        .map(in -> in.getCamundaSource() == null ? constant(in) : ANY)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The process that asks stages of that kind. */
  static String called(StageKind kind) {
    return kind == StageKind.AI ? AiReview.KEY : ReviewStage.KEY;
  }

  private List<CallActivity> calls(String definition) {
    return List.copyOf(
        models.getBpmnModelInstance(definition).getModelElementsByType(CallActivity.class));
  }

  private static String constant(CamundaIn in) {
    String expression = in.getCamundaSourceExpression();
    return expression.contains("${") ? ANY : expression;
  }

  private static Collection<CamundaIn> mappings(CallActivity call) {
    return call.getExtensionElements() == null
        ? Set.of()
        : call.getExtensionElements().getChildElementsByType(CamundaIn.class);
  }
}
