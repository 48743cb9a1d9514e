package io.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code show}, {@code approve}, {@code reject} and {@code ask}. */
final class Deciding {

  private static final String REQUESTS = "/api/v1/approval-requests/";

  private final Server server;
  private final Terminal terminal;
  private final boolean json;

  Deciding(Server server, Terminal terminal, boolean json) {
    this.server = server;
    this.terminal = terminal;
    this.json = json;
  }

  void show(String id) {
    JsonNode request = read(id);
    terminal
        .out()
        .println(json ? CommandLine.machine(request) : RequestText.of(request, server.address()));
  }

  /** Lets exactly what it has shown through, once somebody says so. */
  void approve(String id, Optional<String> stage, Optional<String> reason, boolean confirmed) {
    JsonNode request = read(id);
    people().println(RequestText.of(request, server.address()));
    String where = stage(request, stage);
    if (!confirmed && !terminal.confirms("Approve exactly this?")) {
      throw new Failure(Exit.NOT_CONFIRMED, "nothing was decided");
    }
    Map<String, String> said = reason.map(it -> Map.of("reason", it)).orElse(Map.of());
    send(request, where, "approve", said);
  }

  /** Says something that lets nothing through. */
  void say(String id, Optional<String> stage, String decision, String field, String words) {
    JsonNode request = read(id);
    people().println(RequestText.headline(request));
    send(request, stage(request, stage), decision, Map.of(field, words));
  }

  private PrintStream people() {
    return json ? terminal.error() : terminal.out();
  }

  private JsonNode read(String id) {
    if (!id.matches("apr_[0-9a-f-]{36}")) {
      throw new Failure(Exit.USAGE, "expected the id of a request, apr_<uuid>");
    }
    return server.get(REQUESTS + id);
  }

  private static String stage(JsonNode request, Optional<String> wanted) {
    List<String> open = new ArrayList<>();
    request.path("mayDecide").forEach(each -> open.add(each.asText()));
    if (wanted.isPresent()) {
      return wanted.get();
    }
    if (open.isEmpty()) {
      throw new Failure(Exit.REFUSED, "it is not your turn here");
    }
    if (open.size() > 1) {
      throw new Failure(
          Exit.USAGE,
          "several stages wait for you, name one with --stage: "
              + Visible.line(String.join(", ", open)));
    }
    return open.get(0);
  }

  private void send(JsonNode request, String stage, String decision, Map<String, String> more) {
    ObjectNode body = Http.JSON.createObjectNode();
    body.put("decision", decision).put("stage", stage);
    body.set("actionDigest", RequestText.current(request).path("actionDigest"));
    more.forEach(body::put);
    JsonNode answer = server.post(REQUESTS + request.path("id").asText() + "/decisions", body);
    if (json) {
      terminal.out().println(CommandLine.machine(answer));
    } else {
      terminal
          .out()
          .println(
              "recorded; the request is " + Visible.line(answer.path("status").asText()) + " now");
    }
  }
}
