package io.countersign.review;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.springframework.stereotype.Component;

/** Which stages the model of a chain can ask, read off its call activities. */
@Component
class DrawnStages {

  /** Stands for a chain that asks whatever is owed. */
  static final String ANY = "*";

  private final RepositoryService models;
  private final Map<String, Set<String>> byDefinition = new ConcurrentHashMap<>();

  DrawnStages(RepositoryService models) {
    this.models = models;
  }

  /** The names of the stages that the newest version of a chain asks, or {@link #ANY}. */
  Set<String> stagesOf(String chain) {
    ProcessDefinition newest =
        models
            .createProcessDefinitionQuery()
            .processDefinitionKey(chain)
            .latestVersion()
            .singleResult();
    return newest == null ? Set.of() : byDefinition.computeIfAbsent(newest.getId(), this::read);
  }

  private Set<String> read(String definition) {
    return models
        .getBpmnModelInstance(definition)
        .getModelElementsByType(CallActivity.class)
        .stream()
        .flatMap(call -> mappings(call).stream())
        .filter(in -> ReviewStage.Variables.STAGE.equals(in.getCamundaTarget()))
        .map(in -> in.getCamundaSource() == null ? constant(in) : ANY)
        .collect(Collectors.toUnmodifiableSet());
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
