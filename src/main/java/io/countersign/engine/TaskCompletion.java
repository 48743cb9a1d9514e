package io.countersign.engine;

import java.util.Map;
import java.util.Optional;

/**
 * An attempt to complete a user task, seen inside the engine before anything was written.
 *
 * @param taskId the engine's id of the task
 * @param definitionKey the element id of the user task in its model
 * @param processKey the id of the process that owns the task
 * @param processInstance the engine's id of the task's process instance
 * @param businessKey the business key of that instance, empty if it has none
 * @param assignee the username of who has claimed it
 * @param variables what came along, from whichever door; untrusted
 */
public record TaskCompletion(
    String taskId,
    String definitionKey,
    String processKey,
    String processInstance,
    String businessKey,
    Optional<String> assignee,
    Map<String, Object> variables) {

  /** Copies what it is given; null values are kept out. */
  public TaskCompletion {
    variables = Map.copyOf(variables);
  }
}
