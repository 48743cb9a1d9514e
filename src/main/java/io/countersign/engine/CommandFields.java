package io.countersign.engine;

import java.lang.reflect.Field;
import org.camunda.bpm.engine.impl.cmd.AbstractAddIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetTaskPropertyCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobRetriesCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.jspecify.annotations.Nullable;

/**
 * What the engine's commands carry. Their fields have no accessors; they are looked up once, so
 * that an engine that renamed one stops the start instead of opening a door.
 */
final class CommandFields {

  static final CommandFields COMPLETED_TASK = of(CompleteTaskCmd.class, "taskId");
  static final CommandFields COMPLETED_VARIABLES = of(CompleteTaskCmd.class, "variables");
  static final CommandFields SUBMITTED_TASK = of(SubmitTaskFormCmd.class, "taskId");
  static final CommandFields SUBMITTED_VARIABLES = of(SubmitTaskFormCmd.class, "properties");
  static final CommandFields CLAIMED_TASK = of(ClaimTaskCmd.class, "taskId");
  static final CommandFields CLAIMING_USER = of(ClaimTaskCmd.class, "userId");
  static final CommandFields ASSIGNED_TASK = of(AbstractSetTaskPropertyCmd.class, "taskId");
  static final CommandFields ASSIGNED_USER = of(AbstractAddIdentityLinkCmd.class, "userId");

  static final CommandFields RETRIES = of(SetJobRetriesCmd.class, "retries");
  static final CommandFields RETRIES_WITH_DUE_DATE = of(SetJobRetriesCmd.class, "isDueDateSet");

  private final Field field;

  private CommandFields(Field field) {
    this.field = field;
  }

  private static CommandFields of(Class<?> command, String name) {
    try {
      Field field = command.getDeclaredField(name);
      field.setAccessible(true);
      return new CommandFields(field);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          "the engine's " + command.getSimpleName() + " has no field " + name + " any more", e);
    }
  }

  @Nullable Object read(Object command) {
    try {
      return field.get(command);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the field was made accessible", e);
    }
  }

  void write(Object command, Object value) {
    try {
      field.set(command, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the field was made accessible", e);
    }
  }
}
