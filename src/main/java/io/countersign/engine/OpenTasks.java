package io.countersign.engine;

import io.countersign.shared.Role;
import java.util.Collection;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Changes who holds an open task, and who else may take it, when our own rules say so. No door of
 * the engine leads here, and nobody gets a right to decide by it.
 */
@Component
public class OpenTasks {

  private final ObjectProvider<ProcessEngine> engine;

  OpenTasks(ObjectProvider<ProcessEngine> engine) {
    this.engine = engine;
  }

  /**
   * Shows the open task of a process instance to who holds it now, or to all who may take it.
   *
   * @param holder a user name; nobody if it goes back to the roles
   * @param further roles that may take it as well from now on
   */
  public void offer(String processInstance, Optional<String> holder, Collection<Role> further) {
    ProcessEngineConfigurationImpl configuration =
        (ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration();
    configuration
        .getCommandExecutorTxRequired()
        .execute(new OfferCommand(processInstance, holder, further));
  }

  private record OfferCommand(
      String processInstance, Optional<String> holder, Collection<Role> further)
      implements Command<Void> {

    @Override
    public Void execute(CommandContext context) {
      TaskService tasks = context.getProcessEngineConfiguration().getTaskService();
      return context.runWithoutAuthorization(
          () -> {
            tasks.createTaskQuery().processInstanceId(processInstance).list().stream()
                .map(Task::getId)
                .forEach(task -> offer(tasks, task));
            return null;
          });
    }

    private void offer(TaskService tasks, String task) {
      further.forEach(role -> tasks.addCandidateGroup(task, role.realmName()));
      tasks.setAssignee(task, holder.orElse(null));
    }
  }
}
