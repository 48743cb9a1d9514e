package io.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** One request for people: what will be done on top, the agent's own words fenced off below. */
final class RequestText {

  private static final int LONGEST_LINE = 160;

  private final JsonNode request;
  private final String server;
  private final StringBuilder text = new StringBuilder();

  private RequestText(JsonNode request, String server) {
    this.request = request;
    this.server = server;
  }

  static String of(JsonNode request, String server) {
    RequestText text = new RequestText(request, server);
    text.facts();
    text.action();
    text.reasons();
    text.stages();
    text.agentsWords();
    return text.text.toString();
  }

  /** What people decide on now: as proposed, or as somebody has edited it. */
  static JsonNode current(JsonNode request) {
    return request.hasNonNull("current") ? request.get("current") : request;
  }

  static String headline(JsonNode request) {
    String panel = request.at("/presentation/headline").asText();
    return Visible.line(panel.isEmpty() ? request.path("headline").asText() : panel);
  }

  private void facts() {
    line(headline(request));
    fact("request", request.path("id").asText());
    fact("page", server + request.at("/links/review").asText());
    fact("status", request.path("status").asText());
    fact("agent", request.path("agent").asText());
    if (request.hasNonNull("onBehalfOf")) {
      fact("on behalf of", request.get("onBehalfOf").asText());
    }
    fact("action", request.path("action").asText());
    fact("consequence", consequence(request));
    if (request.at("/presentation/consequence").isTextual()) {
      fact("", request.at("/presentation/consequence").asText());
    }
    fact("confidence", request.path("confidence").asText() + " by its own word");
    if (request.hasNonNull("deadline")) {
      fact("deadline", request.get("deadline").asText());
    }
    if (request.at("/decision/outcome").isTextual()) {
      fact("decided by", names(request.at("/decision/decidedBy")));
      fact("reason", request.at("/decision/reason").asText());
    }
  }

  static String consequence(JsonNode request) {
    String undo =
        request.hasNonNull("reversible")
            ? request.get("reversible").asBoolean() ? ", can be undone" : ", cannot be undone"
            : "";
    return request.path("severity").asText("unknown") + undo;
  }

  private void action() {
    title(
        request.hasNonNull("current")
            ? "Exactly this will be done, as edited"
            : "Exactly this will be done");
    values("", current(request).path("parameters"));
    fact("digest", current(request).path("actionDigest").asText());
  }

  private void values(String path, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(
              each ->
                  values(
                      path + (path.isEmpty() ? "" : ".") + Visible.line(each.getKey()),
                      each.getValue()));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        values(path + "[" + i + "]", node.get(i));
      }
    } else {
      value(path, node);
    }
  }

  /** Texts stand in quotes: their spaces count, and 1 is not "1". */
  private void value(String path, JsonNode node) {
    String content = node.asText();
    if (node.isTextual() && (content.contains("\n") || content.length() > LONGEST_LINE)) {
      line("  " + path + ":");
      line(Visible.fenced(content));
    } else {
      String shown =
          node.isTextual() ? '"' + Visible.line(content) + '"' : Visible.line(node.toString());
      line("  " + path + ": " + shown);
    }
  }

  private void reasons() {
    if (!request.path("reasons").isEmpty()) {
      title("Why a person is asked");
      request
          .path("reasons")
          .forEach(each -> line("  - " + Visible.line(each.path("text").asText())));
    }
  }

  private void stages() {
    title("Who is asked");
    for (JsonNode stage : request.path("stages")) {
      String held =
          stage.hasNonNull("assignee") ? ", held by " + stage.get("assignee").asText() : "";
      fact(
          stage.path("name").asText(),
          stage.path("status").asText() + ", " + names(stage.path("roles")) + held);
      for (JsonNode vote : stage.path("votes")) {
        line(
            "    "
                + Visible.line(vote.path("by").asText() + ": " + vote.path("decision").asText()));
        fenced("", vote.path("reason"));
      }
    }
    for (JsonNode question : request.path("questions")) {
      line("  Asked:");
      fenced("", question.path("question"));
      fenced("  Answer of the agent, checked by nobody:", question.path("answer"));
    }
    if (!request.path("mayDecide").isEmpty()) {
      line("  It is your turn: " + names(request.path("mayDecide")));
    }
  }

  private void agentsWords() {
    title("The agent's own words, checked by nobody");
    fenced("Rationale", request.path("rationale"));
    fenced("Expected outcome", request.path("expectedOutcome"));
    fenced("Basis of its confidence", request.path("confidenceBasis"));
    for (JsonNode factor : request.path("uncertaintyFactors")) {
      fenced("Unsure about", factor);
    }
    for (JsonNode option : request.path("options")) {
      fenced("Option " + Visible.line(option.path("id").asText()), option.path("label"));
    }
    if (!request.path("context").isEmpty()) {
      line("What it saw and did");
      line(Visible.fenced(request.path("context").toPrettyString()));
    }
  }

  private void fenced(String title, JsonNode words) {
    if (words.isTextual() && !words.asText().isEmpty()) {
      if (!title.isEmpty()) {
        line(title);
      }
      line(Visible.fenced(words.asText()));
    }
  }

  private static String names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(each -> names.add(each.asText()));
    return String.join(", ", names);
  }

  private void title(String title) {
    line("");
    line(title);
  }

  private void fact(String name, String value) {
    line(String.format("  %-13s %s", Visible.line(name), Visible.line(value)));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
