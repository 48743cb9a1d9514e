package io.countersign.review;

import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Policy;
import io.countersign.shared.StagePlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Every chain that the manifest names must be there and conclude what it is asked, before the first
 * agent needs it, and must be able to ask every stage that its actions may owe: a request for which
 * a stage is never asked would never end.
 */
@Component
class ChainsDeployed {

  private final Policy policy;
  private final RepositoryService models;
  private final DrawnStages drawn;

  ChainsDeployed(Policy policy, RepositoryService models, DrawnStages drawn) {
    this.policy = policy;
    this.models = models;
    this.drawn = drawn;
  }

  @EventListener(ApplicationStartedEvent.class)
  void require() {
    List<String> named = policy.actions().stream().map(ActionPolicy::chain).distinct().toList();
    requireNone(named, chain -> newest(chain).isEmpty(), "chains that no deployed process has");
    requireNone(named, chain -> !concludes(chain), "processes that conclude no request");
    List<String> undrawn = policy.actions().stream().flatMap(this::undrawn).distinct().toList();
    if (!undrawn.isEmpty()) {
      throw new IllegalStateException(String.join("; ", undrawn));
    }
  }

  private static void requireNone(List<String> chains, Predicate<String> at, String fault) {
    List<String> faulty = chains.stream().filter(at).toList();
    if (!faulty.isEmpty()) {
      throw new IllegalStateException(
          "actions.yaml names " + fault + ": " + String.join(", ", faulty));
    }
  }

  private Optional<ProcessDefinition> newest(String chain) {
    return Optional.ofNullable(
        models
            .createProcessDefinitionQuery()
            .processDefinitionKey(chain)
            .latestVersion()
            .singleResult());
  }

  /** A building block asks people and leaves the conclusion to whoever called it. */
  private boolean concludes(String chain) {
    return newest(chain).stream()
        .map(definition -> models.getBpmnModelInstance(definition.getId()))
        .flatMap(model -> model.getModelElementsByType(ServiceTask.class).stream())
        .anyMatch(task -> "${concludeRequest}".equals(task.getCamundaDelegateExpression()));
  }

  private Stream<String> undrawn(ActionPolicy action) {
    return policy.stagesThatMayBeOwed(action).stream()
        .filter(owed -> !drawn.asks(action.chain(), owed))
        .map(owed -> undrawn(action, owed));
  }

  private static String undrawn(ActionPolicy action, StagePlan owed) {
    return "plan-stages.dmn may owe the stage "
        + String.join(" and ", owed.seatNames())
        + " for "
        + action.name()
        + ", but its chain "
        + action.chain()
        + " has no call activity to "
        + DrawnStages.called(owed.kind())
        + " that asks it";
  }
}
