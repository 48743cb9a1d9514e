package io.countersign.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What happened to one sample request, in words. */
final class DemoAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DemoAnswer() {}

  static String describe(JsonNode sample, int code, String body, QuickStartSettings settings) {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(sample.path("title").asText());
    var action = sample.path("request").path("action").asText();
    lines.add("  %s proposes %s".formatted(sample.path("agent").asText(), action));
    var answer = parse(body);
    if (code / 100 == 2) {
      accepted(answer, settings, lines);
    } else {
      lines.add("  NOT ACCEPTED (%d): %s".formatted(code, problem(answer, body)));
    }
    return String.join("\n", lines);
  }

  private static void accepted(JsonNode answer, QuickStartSettings settings, List<String> to) {
    to.add("  %s -> %s".formatted(answer.path("route").asText(), answer.path("status").asText()));
    answer.path("reasons").forEach(reason -> to.add("  because " + reason.path("text").asText()));
    var id = answer.path("id").asText();
    to.add("  %s  %s/review/%s".formatted(id, settings.publicUrl(), id));
  }

  private static String problem(JsonNode answer, String body) {
    if (!answer.has("title") && !answer.has("detail")) {
      return body.isBlank() ? "no explanation" : body;
    }
    var field = answer.path("field").asText("");
    return "%s %s%s"
        .formatted(
            answer.path("title").asText(""),
            answer.path("detail").asText(""),
            field.isEmpty() ? "" : " (field " + field + ")")
        .strip();
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
