package io.countersign.review;

import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Offers the open task to the next role of the escalation path. It adds deciders; it never decides.
 */
@Component
class EscalateStage implements JavaDelegate {

  private final Stages stages;

  EscalateStage(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String instance = execution.getProcessInstanceId();
    TaskService tasks = execution.getProcessEngineServices().getTaskService();
    stages
        .escalate(instance)
        .forEach(
            role ->
                tasks.createTaskQuery().processInstanceId(instance).list().stream()
                    .filter(task -> ReviewStage.REVIEW_ACTION.equals(task.getTaskDefinitionKey()))
                    .forEach(task -> tasks.addCandidateGroup(task.getId(), role.realmName())));
  }
}
