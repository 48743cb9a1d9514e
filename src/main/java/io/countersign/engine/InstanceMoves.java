package io.countersign.engine;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Moves process instances to another version of their model, in the caller's transaction. It is the
 * only way: {@link EngineDoors} refuses the engine's own migration to everybody.
 */
@Component
public class InstanceMoves {

  private final ObjectProvider<ProcessEngine> engine;

  InstanceMoves(ObjectProvider<ProcessEngine> engine) {
    this.engine = engine;
  }

  /**
   * Moves one instance.
   *
   * @throws org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException if it
   *     waits where the plan has no place for it
   */
  public void move(String processInstance, MigrationPlan plan) {
    ProcessEngineConfigurationImpl configuration =
        (ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration();
    configuration.getCommandExecutorTxRequired().execute(new MoveCommand(processInstance, plan));
  }

  private record MoveCommand(String processInstance, MigrationPlan plan) implements Command<Void> {

    @Override
    public Void execute(CommandContext context) {
      RuntimeService runtime = context.getProcessEngineConfiguration().getRuntimeService();
      return context.runWithoutAuthorization(
          () -> {
            runtime.newMigration(plan).processInstanceIds(processInstance).execute();
            return null;
          });
    }
  }
}
