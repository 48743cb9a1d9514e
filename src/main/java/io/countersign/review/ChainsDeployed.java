package io.countersign.review;

import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Every chain that the manifest names must be there and conclude what it is asked, before the first
 * agent needs it.
 */
@Component
class ChainsDeployed {

  private final Policy policy;
  private final RepositoryService models;

  ChainsDeployed(Policy policy, RepositoryService models) {
    this.policy = policy;
    this.models = models;
  }

  @EventListener(ApplicationStartedEvent.class)
  void require() {
    List<String> named = policy.actions().stream().map(ActionPolicy::chain).distinct().toList();
    requireNone(named, chain -> newest(chain).isEmpty(), "chains that no deployed process has");
    requireNone(named, chain -> !concludes(chain), "processes that conclude no request");
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
}
