package io.countersign.review;

import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Policy;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Every chain that the manifest names must be there, before the first agent needs it. */
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
    List<String> missing =
        policy.actions().stream()
            .map(ActionPolicy::chain)
            .distinct()
            .filter(chain -> !isDeployed(chain))
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "actions.yaml names chains that no deployed process has: " + String.join(", ", missing));
    }
  }

  private boolean isDeployed(String chain) {
    return models.createProcessDefinitionQuery().processDefinitionKey(chain).count() > 0;
  }
}
