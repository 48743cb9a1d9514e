package io.countersign.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;

/** The ways by which a person's decision may come in. */
enum Door {
  /** Our own, with a token of the command line. */
  COMMAND_LINE,
  /** Our own, from a signed-in page. */
  PAGE,
  /** What Tasklist's form sends. */
  TASKLIST_FORM,
  /** The same task completed beside the form. */
  TASK_COMPLETION;

  static final String ENGINE = "/camunda/api/engine/engine/default";

  /** Whether it is a door of the engine, where a task is claimed before it is decided. */
  boolean isTheEngines() {
    return this == TASKLIST_FORM || this == TASK_COMPLETION;
  }

  /** Tries to decide a request; {@code task} is its review task. */
  HttpResponse<String> decide(
      Story story, String person, JsonNode request, String task, ObjectNode decision) {
    return switch (this) {
      case COMMAND_LINE ->
          story
              .application()
              .commandLine(person)
              .post(Story.path(request) + "/decisions", decision);
      case PAGE -> story.session(person).post(Story.path(request) + "/decisions", decision);
      case TASKLIST_FORM ->
          story.session(person).post(task(task) + "/submit-form", variables(decision));
      case TASK_COMPLETION ->
          story.session(person).post(task(task) + "/complete", variables(decision));
    };
  }

  /** Takes a task in Tasklist. */
  static HttpResponse<String> claim(Visitor visitor, String person, String task) {
    return visitor.post(
        task(task) + "/claim", Proposals.JSON.createObjectNode().put("userId", person));
  }

  private static String task(String id) {
    return ENGINE + "/task/" + id;
  }

  /** Every variable travels as text, as the form sends it, unless it is none. */
  static ObjectNode variables(ObjectNode decision) {
    ObjectNode variables = Proposals.JSON.createObjectNode();
    decision
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              ObjectNode variable = variables.putObject(field.getKey());
              if (value.isNumber()) {
                variable.put("type", "Integer").set("value", value);
              } else {
                variable.put("type", "String");
                variable.put("value", value.isTextual() ? value.asText() : value.toString());
              }
            });
    return Proposals.JSON.createObjectNode().set("variables", variables);
  }
}
