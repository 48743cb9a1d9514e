package io.countersign.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.audit.merkle.WitnessRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hears {@code POST /add-checkpoint} and {@code GET /<hash of the origin>/checkpoint}. */
final class WitnessServer implements AutoCloseable {

  private static final Pattern CHECKPOINT = Pattern.compile("/([0-9a-f]{64})/checkpoint");
  private static final int THREADS = 8;

  static {
    // Slow senders would hold all threads; the server reads these when its class is loaded.
    System.setProperty("sun.net.httpserver.maxReqTime", "20");
    System.setProperty("sun.net.httpserver.maxRspTime", "20");
  }

  private final Witness witness;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  WitnessServer(Witness witness, InetSocketAddress address) throws IOException {
    this.witness = witness;
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Witness.Answer answer;
      try {
        answer = answer(exchange);
      } catch (IOException | RuntimeException e) {
        System.err.println("not signed: " + e);
        answer = Witness.Answer.refusal(500, "the witness cannot read or write its state");
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Witness.Answer answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (call.equals("POST /add-checkpoint")) {
      byte[] body = exchange.getRequestBody().readNBytes(WitnessRequest.MAX_BYTES + 1);
      return body.length > WitnessRequest.MAX_BYTES
          ? Witness.Answer.refusal(413, "expected at most 65,536 bytes")
          : witness.add(body);
    }
    Matcher checkpoint = CHECKPOINT.matcher(exchange.getRequestURI().getPath());
    return exchange.getRequestMethod().equals("GET") && checkpoint.matches()
        ? witness.last(checkpoint.group(1))
        : Witness.Answer.refusal(404, "expected POST /add-checkpoint");
  }

  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}
