package io.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.cli.SessionFile.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An issuer and the inbox's contract, enforced: whatever is not in it is answered with 400. */
final class Peer implements AutoCloseable {

  private static final Set<String> QUERY = Set.of("action", "severity", "held", "cursor", "limit");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> items = new CopyOnWriteArrayList<>();
  private final Deque<Runnable> changes = new ArrayDeque<>();
  private final Deque<Map.Entry<Integer, String>> tokenAnswers = new ArrayDeque<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();

  Peer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Session session() {
    return new Session(url(), url() + "/realm", "refresh-0");
  }

  /** Somebody is asked for a decision. */
  void add(String id, String headline) {
    items.add(
        """
        {"requestId":"%s","stage":"review","role":"reviewer","action":"process_refund",
         "headline":"%s","agent":"billing-agent","severity":"high","reversible":false,
         "urgency":"normal","deadline":"2026-11-21T13:00:00Z","openedAt":"2026-11-21T12:00:00Z",
         "createdAt":"2026-11-21T12:00:00Z","actionDigest":"sha-256:00","batch":false}\
        """
            .formatted(id, headline));
  }

  /** What happens next on the stream of events; without any there is no stream. */
  void thenChanges(Runnable change) {
    changes.add(change);
  }

  /** How the token endpoint answers next; without any it gives a token. */
  void answersTokens(int status, String body) {
    tokenAnswers.add(Map.entry(status, body));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      switch (path) {
        case "/realm/.well-known/openid-configuration" -> send(exchange, 200, configuration());
        case "/realm/device" -> device(exchange);
        case "/realm/token" -> token(exchange);
        case "/api/v1/inbox" -> ifSignedIn(exchange, this::inbox);
        case "/api/v1/inbox/events" -> ifSignedIn(exchange, this::events);
        default -> send(exchange, 404, "{\"detail\":\"nothing here\"}");
      }
    }
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void ifSignedIn(HttpExchange exchange, Answer answer) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (bearer == null || !bearer.matches("Bearer access-\\d+")) {
      send(exchange, 401, "{\"detail\":\"sign in first\"}");
      return;
    }
    answer.to(exchange);
  }

  private String configuration() {
    String realm = url() + "/realm";
    return """
    {"issuer":"%s","token_endpoint":"%s/token","device_authorization_endpoint":"%s/device"}\
    """
        .formatted(realm, realm, realm);
  }

  private void device(HttpExchange exchange) throws IOException {
    forms.add(form(exchange));
    send(
        exchange,
        200,
        """
        {"device_code":"device-1","user_code":"ABCD-\\u001b[2JEFGH","interval":5,"expires_in":60,
         "verification_uri":"%s/d","verification_uri_complete":"%s/d?c=1"}\
        """
            .formatted(url(), url()));
  }

  private void token(HttpExchange exchange) throws IOException {
    forms.add(form(exchange));
    Map.Entry<Integer, String> next = tokenAnswers.poll();
    int number = forms.size();
    send(
        exchange,
        next == null ? 200 : next.getKey(),
        next == null
            ? "{\"access_token\":\"access-%d\",\"refresh_token\":\"refresh-%d\",\"expires_in\":300}"
                .formatted(number, number)
            : next.getValue());
  }

  private void inbox(HttpExchange exchange) throws IOException {
    asked.add(String.valueOf(exchange.getRequestURI()));
    Map<String, String> query = decoded(exchange.getRequestURI().getRawQuery());
    String cursor = query.getOrDefault("cursor", "0");
    boolean isFine =
        QUERY.containsAll(query.keySet())
            && cursor.matches("\\d+")
            && query.getOrDefault("limit", "50").equals("50")
            && query.getOrDefault("held", "me").matches("me|nobody");
    if (!isFine) {
      send(exchange, 400, "{\"detail\":\"not in the contract\"}");
      return;
    }
    int from = Integer.parseInt(cursor);
    int to = Math.min(items.size(), from + 50);
    ObjectNode page = Http.JSON.createObjectNode().put("count", items.size());
    page.putArray("groups");
    var list = page.putArray("items");
    for (String item : new ArrayList<>(items).subList(from, to)) {
      list.add(json(item));
    }
    if (to < items.size()) {
      page.put("nextCursor", String.valueOf(to));
    }
    send(exchange, 200, page.toString());
  }

  private void events(HttpExchange exchange) throws IOException {
    asked.add("events");
    Runnable change = changes.poll();
    if (change == null) {
      send(exchange, 404, "{}");
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(": still here\n\n".getBytes(UTF_8));
    change.run();
    exchange.getResponseBody().write("event: changed\ndata: {}\n\n".getBytes(UTF_8));
  }

  private static JsonNode json(String text) throws IOException {
    return Http.JSON.readTree(text);
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    return decoded(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
  }

  private static Map<String, String> decoded(String query) {
    Map<String, String> decoded = new LinkedHashMap<>();
    Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair ->
                decoded.put(URLDecoder.decode(pair[0], UTF_8), URLDecoder.decode(pair[1], UTF_8)));
    return decoded;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
