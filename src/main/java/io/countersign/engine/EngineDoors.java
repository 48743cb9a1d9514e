package io.countersign.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/**
 * Stands inside every door of the engine (its Java services, its REST interface, its web
 * applications) and in their transaction. A task is completed only after the {@link DecisionCheck},
 * and none of the variables that came along is ever written.
 */
final class EngineDoors extends CommandInterceptor {

  private static final Set<String> VARIABLES =
      Set.of(
          "decision",
          "reason",
          "parameters",
          "actionDigest",
          "option",
          "answer",
          "question",
          "role",
          "to");

  /** Commands that commands run are the engine's own business. */
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

  private final Supplier<DecisionCheck> check;

  EngineDoors(Supplier<DecisionCheck> check) {
    this.check = check;
  }

  @Override
  public <T> T execute(Command<T> command) {
    if (INSIDE.get()) {
      return next.execute(command);
    }
    INSIDE.set(true);
    try {
      return outermost(command);
    } finally {
      INSIDE.remove();
    }
  }

  private <T> T outermost(Command<T> command) {
    if (command instanceof ResolveTaskCmd) {
      throw refused(command);
    }
    if (command instanceof CompleteTaskCmd) {
      decide(
          CommandFields.COMPLETED_TASK.read(command),
          CommandFields.COMPLETED_VARIABLES.read(command));
      CommandFields.COMPLETED_VARIABLES.write(command, new HashMap<String, Object>());
      return next.execute(command);
    }
    if (command instanceof SubmitTaskFormCmd) {
      decide(
          CommandFields.SUBMITTED_TASK.read(command),
          CommandFields.SUBMITTED_VARIABLES.read(command));
      CommandFields.SUBMITTED_VARIABLES.write(command, Variables.createVariables());
      return next.execute(command);
    }
    if (command instanceof ClaimTaskCmd) {
      return claim(command);
    }
    if (command instanceof AssignTaskCmd) {
      return giveBack(command);
    }
    requireAllowed(command);
    return next.execute(command);
  }

  private void decide(@Nullable Object taskId, @Nullable Object variables) {
    TaskEntity task = workableTask(taskId);
    check.get().decide(completion(task, textVariables(variables)));
  }

  private <T> T claim(Command<T> command) {
    TaskEntity task = workableTask(CommandFields.CLAIMED_TASK.read(command));
    Object user = CommandFields.CLAIMING_USER.read(command);
    if (!(user instanceof String name)) {
      throw refused(command);
    }
    check.get().claim(completion(task, Map.of()), name);
    T result = next.execute(command);
    check.get().claimed(completion(task, Map.of()), name);
    return result;
  }

  /** The engine asks for the right to assign; giving back what one holds needs none. */
  private <T> T giveBack(Command<T> command) {
    TaskEntity task = workableTask(CommandFields.ASSIGNED_TASK.read(command));
    Authentication person = Context.getCommandContext().getAuthentication();
    boolean ownTask = person != null && person.getUserId().equals(task.getAssignee());
    if (!ownTask || CommandFields.ASSIGNED_USER.read(command) != null) {
      throw refused(command);
    }
    T result = Context.getCommandContext().runWithoutAuthorization(() -> next.execute(command));
    check.get().claimed(completion(task, Map.of()), null);
    return result;
  }

  private static void requireAllowed(Command<?> command) {
    Authentication person = Context.getCommandContext().getAuthentication();
    if (AllowedCommands.movesTokens(command)
        || (person != null && !AllowedCommands.includes(command, groups(person)))) {
      throw refused(command);
    }
  }

  private static Collection<String> groups(Authentication person) {
    return person.getGroupIds() == null ? List.of() : person.getGroupIds();
  }

  private static AuthorizationException refused(Command<?> command) {
    return new AuthorizationException(
        "Nobody does this through the engine's own doors: " + command.getClass().getSimpleName());
  }

  private static TaskEntity workableTask(@Nullable Object taskId) {
    CommandContext context = Context.getCommandContext();
    TaskEntity task =
        taskId instanceof String id ? context.getTaskManager().findTaskById(id) : null;
    if (task == null || task.getProcessInstanceId() == null) {
      throw closed();
    }
    try {
      for (CommandChecker checker : context.getProcessEngineConfiguration().getCommandCheckers()) {
        checker.checkTaskWork(task);
      }
    } catch (AuthorizationException mayNot) {
      // The rights to a task vanish with it, when somebody else's decision is committed.
      throw task.getProcessInstance() == null ? closed() : mayNot;
    }
    return task;
  }

  private static TaskCompletion completion(TaskEntity task, Map<String, Object> variables) {
    ExecutionEntity instance = task.getProcessInstance();
    if (instance == null) {
      // Somebody else's decision was committed since the task was read.
      throw closed();
    }
    return new TaskCompletion(
        task.getId(),
        task.getTaskDefinitionKey(),
        instance.getProcessDefinition().getKey(),
        task.getProcessInstanceId(),
        Objects.requireNonNullElse(instance.getBusinessKey(), ""),
        Optional.ofNullable(task.getAssignee()),
        variables);
  }

  private static CompletionRefused closed() {
    return new CompletionRefused(
        CompletionRefused.Kind.CONFLICT, "", "This review is closed already.");
  }

  private static Map<String, Object> textVariables(@Nullable Object variables) {
    Map<String, Object> texts = new HashMap<>();
    if (variables instanceof Map<?, ?> given) {
      given.forEach((name, value) -> addText(texts, String.valueOf(name), value));
    }
    return texts;
  }

  private static void addText(Map<String, Object> texts, String name, @Nullable Object value) {
    if (!VARIABLES.contains(name)) {
      throw new CompletionRefused(
          CompletionRefused.Kind.INVALID,
          name,
          name
              + ": expected only "
              + String.join(", ", VARIABLES.stream().sorted().toList())
              + ".");
    }
    if (value instanceof String) {
      texts.put(name, value);
    } else if (value != null) {
      throw new CompletionRefused(
          CompletionRefused.Kind.INVALID, name, name + ": expected a text of type String.");
    }
  }
}
