package io.countersign.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real HTTP server as agents run one; what it answers is decided by each test. */
public final class Receiver implements AutoCloseable {

  /** What arrived. */
  public record Received(String path, Map<String, String> headers, byte[] body) {

    /** A header, by its lower-case name. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** Answers one message. */
  public interface Answering {
    void answer(Received received, HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private volatile Answering answering = status(204);

  /** Starts on a free port of 127.0.0.1. */
  public Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** An empty answer of that status. */
  public static Answering status(int status) {
    return (message, exchange) -> exchange.sendResponseHeaders(status, -1);
  }

  /** Sets how messages are answered from now on. */
  public void answers(Answering next) {
    answering = next;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), first(values)));
    byte[] body = exchange.getRequestBody().readAllBytes();
    Received message = new Received(exchange.getRequestURI().getPath(), headers, body);
    received.add(message);
    try {
      answering.answer(message, exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private static String first(List<String> values) {
    return values.get(0);
  }

  /** The next message; fails if none comes in ten seconds. */
  public Received next() throws InterruptedException {
    Received message = received.poll(10, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing arrived in ten seconds");
    }
    return message;
  }

  /** How many arrived and were not looked at. */
  public int unseen() {
    return received.size();
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
