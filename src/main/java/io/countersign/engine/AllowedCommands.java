package io.countersign.engine;

import java.util.Collection;
import java.util.Set;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractModificationCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractProcessInstanceModificationCommand;
import org.camunda.bpm.engine.impl.cmd.AbstractRestartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.ActivateJobCmd;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.AuthorizationCheckCmd;
import org.camunda.bpm.engine.impl.cmd.CreateGroupQueryCmd;
import org.camunda.bpm.engine.impl.cmd.CreateTenantQueryCmd;
import org.camunda.bpm.engine.impl.cmd.CreateUserQueryCmd;
import org.camunda.bpm.engine.impl.cmd.FindActiveActivityIdsCmd;
import org.camunda.bpm.engine.impl.cmd.IsIdentityServiceReadOnlyCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceAsyncCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobRetriesCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.migration.AbstractMigrationCmd;

/**
 * What a signed-in person may make the engine do, through whichever of its doors. Everything else
 * is refused: writing variables, moving tokens, messages, signals, delegation, deployment.
 */
final class AllowedCommands {

  private static final Set<Class<?>> EVERYBODY =
      Set.of(
          AddCommentCmd.class,
          AuthorizationCheckCmd.class,
          CreateGroupQueryCmd.class,
          CreateTenantQueryCmd.class,
          CreateUserQueryCmd.class,
          FindActiveActivityIdsCmd.class,
          IsIdentityServiceReadOnlyCmd.class);

  private static final Set<Class<?>> OPERATORS =
      Set.of(ActivateJobCmd.class, SetJobRetriesCmd.class);

  private static final String OPERATOR = "operator";

  private AllowedCommands() {}

  static boolean includes(Command<?> command, Collection<String> groups) {
    Class<?> type = command.getClass();
    return reads(command)
        || EVERYBODY.contains(type)
        || (groups.contains(OPERATOR) && OPERATORS.contains(type) && !disarms(command));
  }

  /** A job without retries, or with another due date, would leave a review without its deadline. */
  private static boolean disarms(Command<?> command) {
    return command instanceof SetJobRetriesCmd
        && (!(CommandFields.RETRIES.read(command) instanceof Integer retries)
            || retries < 1
            || !Boolean.FALSE.equals(CommandFields.RETRIES_WITH_DUE_DATE.read(command)));
  }

  /**
   * What would put a token elsewhere. Not even our own code sends these by themselves: {@link
   * InstanceMoves} runs one inside a command of its own.
   */
  static boolean movesTokens(Command<?> command) {
    return command instanceof AbstractMigrationCmd
        || command instanceof AbstractModificationCmd
        || command instanceof AbstractProcessInstanceModificationCommand
        || command instanceof AbstractRestartProcessInstanceCmd
        || command instanceof ModifyProcessInstanceCmd
        || command instanceof ModifyProcessInstanceAsyncCmd;
  }

  private static boolean reads(Command<?> command) {
    Class<?> type = command.getClass();
    return command instanceof AbstractQuery
        || command instanceof AbstractExecuteFilterCmd
        || (type.getName().startsWith("org.camunda.bpm.engine.")
            && type.getSimpleName().startsWith("Get"));
  }
}
