package io.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What waits for whoever is signed in, most grave first. */
final class Inbox {

  private static final int MAX_PAGES = 10;

  private final Server server;
  private final Map<String, String> filters;

  Inbox(Server server, Map<String, String> filters) {
    this.server = server;
    this.filters = filters;
  }

  /** All of it, up to ten pages, in the shape of one page. */
  JsonNode read() {
    ArrayNode items = Http.JSON.createArrayNode();
    JsonNode page = page("");
    long count = page.path("count").asLong();
    for (int read = 1; ; read++) {
      page.path("items").forEach(items::add);
      String next = page.path("nextCursor").asText();
      if (next.isEmpty() || read == MAX_PAGES) {
        break;
      }
      page = page(next);
    }
    ObjectNode all = Http.JSON.createObjectNode().put("count", count);
    all.set("items", items);
    return all;
  }

  private JsonNode page(String cursor) {
    Map<String, String> query = new TreeMap<>(filters);
    query.put("limit", "50");
    if (!cursor.isEmpty()) {
      query.put("cursor", cursor);
    }
    StringBuilder path = new StringBuilder("/api/v1/inbox");
    query.forEach(
        (name, value) ->
            path.append(path.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return server.get(path.toString());
  }

  static String text(JsonNode inbox) {
    StringBuilder text = new StringBuilder();
    inbox.path("items").forEach(item -> text.append(line(item)).append('\n'));
    long count = inbox.path("count").asLong();
    int shown = inbox.path("items").size();
    text.append(count == 0 ? "nothing waits for you" : count + " for you to decide");
    return text.append(shown < count ? ", the first " + shown + " are shown" : "").toString();
  }

  static String line(JsonNode item) {
    String held = item.hasNonNull("assignee") ? "  held by " + item.get("assignee").asText() : "";
    return Visible.line(
        item.path("requestId").asText()
            + "  "
            + item.path("stage").asText()
            + "  "
            + RequestText.consequence(item)
            + "  until "
            + item.path("deadline").asText()
            + "  "
            + item.path("headline").asText()
            + "  ("
            + item.path("agent").asText()
            + ")"
            + held);
  }
}
