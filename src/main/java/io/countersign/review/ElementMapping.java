package io.countersign.review;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which element of a new version takes the place of which of the old one: those that an operator
 * named, what belongs to them, and where nothing was named those with the same id.
 */
@Component
class ElementMapping {

  /** Where tokens wait, and what surrounds or ends that waiting. */
  private static final Set<Class<? extends FlowNode>> WAIT =
      Set.of(
          UserTask.class,
          CallActivity.class,
          ReceiveTask.class,
          IntermediateCatchEvent.class,
          EventBasedGateway.class,
          ParallelGateway.class,
          SubProcess.class,
          BoundaryEvent.class);

  /** The engine's own name for what surrounds an element that is asked several times over. */
  private static final String BODY = "#multiInstanceBody";

  private final RepositoryService models;
  private final RuntimeService runtime;

  ElementMapping(RepositoryService models, RuntimeService runtime) {
    this.models = models;
    this.runtime = runtime;
  }

  /** The elements of a version at which a token can wait, by id. */
  Map<String, FlowNode> waits(ProcessDefinition version) {
    BpmnModelInstance model = models.getBpmnModelInstance(version.getId());
    Map<String, FlowNode> found = new LinkedHashMap<>();
    model.getModelElementsByType(FlowNode.class).stream()
        .filter(node -> WAIT.stream().anyMatch(type -> type.isInstance(node)))
        .forEach(node -> found.put(node.getId(), node));
    return found;
  }

  /**
   * The engine's plan. Timers keep their due dates.
   *
   * @throws org.camunda.bpm.engine.migration.MigrationPlanValidationException if what was named
   *     does not fit
   */
  MigrationPlan plan(ProcessDefinition from, ProcessDefinition to, Map<String, String> named) {
    Map<String, String> pairs = new HashMap<>();
    runtime
        .createMigrationPlan(from.getId(), to.getId())
        .mapEqualActivities()
        .build()
        .getInstructions()
        .forEach(equal -> pairs.put(equal.getSourceActivityId(), equal.getTargetActivityId()));
    pairs.putAll(named);
    addWhatBelongs(pairs, waits(from), waits(to), named.keySet());
    MigrationPlanBuilder plan = runtime.createMigrationPlan(from.getId(), to.getId());
    pairs.forEach(plan::mapActivities);
    return plan.build();
  }

  /** Timers at a named element, elements inside it, and its repetition go along with it. */
  private static void addWhatBelongs(
      Map<String, String> pairs,
      Map<String, FlowNode> old,
      Map<String, FlowNode> fresh,
      Set<String> named) {
    boolean more = true;
    while (more) {
      Map<String, String> found = new HashMap<>();
      old.forEach(
          (id, element) -> {
            FlowNode same = fresh.get(id);
            if (!pairs.containsKey(id) && same != null && belongs(element, same, pairs)) {
              found.put(id, id);
            }
          });
      pairs.putAll(found);
      more = !found.isEmpty();
    }
    for (String id : named) {
      FlowNode target = fresh.get(pairs.get(id));
      if (isRepeated(old.get(id)) && isRepeated(target)) {
        pairs.put(id + BODY, pairs.get(id) + BODY);
      }
    }
  }

  private static boolean belongs(FlowNode element, FlowNode same, Map<String, String> pairs) {
    Optional<String> owner = owner(element);
    return element.getElementType().equals(same.getElementType())
        && owner.isPresent()
        && Optional.ofNullable(pairs.get(owner.get())).equals(owner(same));
  }

  private static Optional<String> owner(FlowNode element) {
    if (element instanceof BoundaryEvent event) {
      return Optional.of(event.getAttachedTo().getId());
    }
    ModelElementInstance around = element.getParentElement();
    return around instanceof SubProcess inner ? Optional.of(inner.getId()) : Optional.empty();
  }

  private static boolean isRepeated(@Nullable FlowNode element) {
    return element instanceof Activity activity && activity.getLoopCharacteristics() != null;
  }
}
