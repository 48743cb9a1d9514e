package io.countersign.ui;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Serves the real assets under a policy, and answers of the API that a test has written down. */
final class AssetServer implements AutoCloseable {

  static final String STRICT =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";

  /** An answer of the API. */
  record Answer(int status, String body) {}

  /** What a page posted or put, and the header that proves it was one of ours. */
  record Sent(String path, String body, String proof) {}

  private final Map<String, Answer> api = new ConcurrentHashMap<>();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HttpServer server;
  private final String policy;

  AssetServer(String policy) {
    this.policy = policy;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on the API answers this under the path, which may carry a query. */
  void answers(String path, int status, String body) {
    api.put(path, new Answer(status, body));
  }

  void page(String path, String html) {
    pages.put(path, html);
  }

  /** Paths with their queries that the API was asked for, in order. */
  List<String> asked() {
    return asked;
  }

  /** What was posted or put, in order. */
  List<Sent> sent() {
    return sent;
  }

  static String resource(String name) {
    byte[] bytes = read(name);
    if (bytes == null) {
      throw new IllegalStateException("no resource " + name);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      exchange.getResponseHeaders().add("Content-Security-Policy", policy);
      if (path.startsWith("/api/")) {
        note(exchange, path);
        Answer answer = api.getOrDefault(path, new Answer(404, "{}"));
        if (answer.status() == 302) {
          exchange.getResponseHeaders().add("Location", "https://sign-in.invalid/");
        }
        send(exchange, answer.status(), "application/json", utf8(answer.body()));
      } else if (pages.containsKey(path)) {
        send(exchange, 200, "text/html; charset=utf-8", utf8(pages.getOrDefault(path, "")));
      } else {
        String root = path.startsWith("/webjars/") ? "/META-INF/resources" : "/static";
        byte[] asset = read(root + path);
        send(exchange, asset == null ? 404 : 200, type(path), asset == null ? new byte[0] : asset);
      }
    }
  }

  private void note(HttpExchange exchange, String path) throws IOException {
    if (!List.of("POST", "PUT").contains(exchange.getRequestMethod())) {
      asked.add(path);
      return;
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String proof = exchange.getRequestHeaders().getFirst("X-COUNTERSIGN-XSRF");
    sent.add(new Sent(path, body, String.valueOf(proof)));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static String type(String path) {
    if (path.endsWith(".js")) {
      return "text/javascript; charset=utf-8";
    }
    return path.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml";
  }

  private static byte @Nullable [] read(String name) {
    try (InputStream in = AssetServer.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
