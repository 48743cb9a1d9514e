package io.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells what comes in: as soon as the server says that something has changed, and every fifteen
 * seconds where it does not.
 */
final class Watch {

  private static final int OK = 200;

  /** The server says something every fifteen seconds; two of these lost is a lost connection. */
  private static final Duration SILENCE = Duration.ofSeconds(40);

  private static final Duration BETWEEN = Duration.ofSeconds(15);
  private static final String CHANGED = "event:changed";
  private static final String END = "end";

  private final Server server;
  private final Inbox inbox;
  private final Terminal terminal;
  private final boolean json;
  private final DeviceSignIn.Pause pause;
  private Set<String> known = new HashSet<>();

  Watch(Server server, Inbox inbox, Terminal terminal, boolean json, DeviceSignIn.Pause pause) {
    this.server = server;
    this.inbox = inbox;
    this.terminal = terminal;
    this.json = json;
    this.pause = pause;
  }

  /** Goes on until the process is stopped, or nobody is signed in any more. */
  void run() {
    while (true) {
      try {
        tell();
        listen();
      } catch (Failure failure) {
        if (failure.exit() != Exit.UNAVAILABLE) {
          throw failure;
        }
        terminal.error().println(failure.getMessage() + "; trying again");
      }
      pause.of(BETWEEN);
    }
  }

  private void tell() {
    JsonNode now = inbox.read();
    Set<String> seen = new HashSet<>();
    for (JsonNode item : now.path("items")) {
      String key = item.path("requestId").asText() + " " + item.path("stage").asText();
      seen.add(key);
      if (!known.contains(key)) {
        terminal.out().println(json ? CommandLine.machine(item) : Inbox.line(item));
      }
    }
    known = seen;
  }

  /** Comes back when the connection is lost, or was never there. */
  private void listen() {
    HttpResponse<InputStream> response = server.open("/api/v1/inbox/events");
    try (InputStream events = response.body()) {
      if (response.statusCode() != OK) {
        return;
      }
      BlockingQueue<String> lines = new LinkedBlockingQueue<>(100);
      Thread reader = new Thread(() -> read(events, lines), "events");
      reader.setDaemon(true);
      reader.start();
      for (String line = next(lines); !line.equals(END); line = next(lines)) {
        if (line.replace(": ", ":").equals(CHANGED)) {
          tell();
        }
      }
    } catch (IOException e) {
      // It is closed one way or the other.
    }
  }

  private static void read(InputStream events, BlockingQueue<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.put(line);
      }
      lines.put(END);
    } catch (IOException e) {
      lines.offer(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String next(BlockingQueue<String> lines) {
    try {
      String line = lines.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
      return line == null ? END : line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.UNAVAILABLE, "interrupted", e);
    }
  }
}
