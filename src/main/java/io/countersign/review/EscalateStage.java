package io.countersign.review;

import io.countersign.notification.Notices;
import io.countersign.request.Stage;
import io.countersign.shared.Role;
import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/**
 * Offers the open task to the next role of the escalation path. It adds deciders; it never decides.
 */
@Component
class EscalateStage implements JavaDelegate {

  private final Stages stages;
  private final StageHolders holders;
  private final Notices notices;

  EscalateStage(Stages stages, StageHolders holders, Notices notices) {
    this.stages = stages;
    this.holders = holders;
    this.notices = notices;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String instance = execution.getProcessInstanceId();
    TaskService tasks = execution.getProcessEngineServices().getTaskService();
    List<Role> asked = stages.escalate(execution);
    for (Task task : tasks.createTaskQuery().processInstanceId(instance).list()) {
      asked.forEach(role -> tasks.addCandidateGroup(task.getId(), role.realmName()));
      if (!asked.isEmpty()) {
        // Whoever holds it and stays silent must not keep the next role from deciding.
        tasks.setAssignee(task.getId(), null);
      }
    }
    Stage stage = stages.carriedBy(execution);
    holders.nudged(stage);
    if (asked.isEmpty()) {
      notices.reminded(stage);
    } else {
      notices.escalated(stage);
    }
  }
}
