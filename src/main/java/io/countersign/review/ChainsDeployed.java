package io.countersign.review;

import io.countersign.policy.ActionPolicy;
import io.countersign.policy.Policy;
import io.countersign.shared.StagePlan;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Every chain that the manifest names must be there before the first agent needs it, and must be
 * able to ask every stage that its actions may owe: a request for which a stage is never asked
 * would never end.
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
    List<String> findings = policy.actions().stream().flatMap(this::findings).distinct().toList();
    if (!findings.isEmpty()) {
      throw new IllegalStateException(String.join("; ", findings));
    }
  }

  private Stream<String> findings(ActionPolicy action) {
    String chain = action.chain();
    if (models.createProcessDefinitionQuery().processDefinitionKey(chain).count() == 0) {
      return Stream.of("actions.yaml names the chain " + chain + ", which no deployed process has");
    }
    return policy.stagesThatMayBeOwed(action).stream()
        .filter(owed -> !drawn.asks(chain, owed))
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
