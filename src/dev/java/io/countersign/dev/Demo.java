package io.countersign.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lets the demo agents send the sample requests to the running application. */
public final class Demo {
  private static final Path SAMPLES = Path.of("src", "main", "demo");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Map<String, String> tokens = new HashMap<>();
  private final QuickStartSettings settings;
  private final Terminal terminal;
  private final String demo = UUID.randomUUID().toString().substring(0, 8);
  private int failed;

  private Demo(QuickStartSettings settings, Terminal terminal) {
    this.settings = settings;
    this.terminal = terminal;
  }

  /** Sends every sample and says what happened to it; fails when one was not accepted. */
  public static void main(String[] arguments) {
    var terminal = new Terminal(System.out);
    try {
      var demo = new Demo(QuickStartSettings.from(System.getenv()), terminal);
      demo.run();
      System.exit(demo.failed == 0 ? 0 : 1);
    } catch (DevException | IOException e) {
      terminal.say(String.valueOf(e.getMessage()));
      System.exit(1);
    }
  }

  private void run() throws IOException {
    requireRunning();
    for (var file : samples()) {
      send(JSON.readTree(Files.readString(file)));
    }
    terminal.say(whereToLook());
  }

  private static List<Path> samples() throws IOException {
    try (var files = Files.list(SAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private void requireRunning() throws IOException {
    var readiness = URI.create(settings.publicUrl() + "/actuator/health/readiness");
    var running = "Start it with ./run in another terminal and wait for its ready message.";
    try {
      var answer = call(HttpRequest.newBuilder(readiness));
      if (answer.statusCode() != 200) {
        throw new DevException(
            "Countersign at %s is not ready yet (%d). %s"
                .formatted(settings.publicUrl(), answer.statusCode(), running));
      }
    } catch (ConnectException e) {
      throw new DevException(
          "Countersign does not run at %s. %s If it listens elsewhere, set COUNTERSIGN_PORT and COUNTERSIGN_KEYCLOAK_PORT as there."
              .formatted(settings.publicUrl(), running),
          e);
    }
  }

  private void send(JsonNode sample) throws IOException {
    var agent = sample.path("agent").asText();
    var request =
        HttpRequest.newBuilder(URI.create(settings.publicUrl() + "/api/v1/approval-requests"))
            .header("Authorization", "Bearer " + token(agent))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(request(sample).toString()));
    var answer = call(request);
    if (answer.statusCode() / 100 != 2) {
      failed++;
    }
    terminal.say(DemoAnswer.describe(sample, answer.statusCode(), answer.body(), settings));
  }

  /** Each demo is a run of its own: what one agent asks for in one run is added up. */
  private JsonNode request(JsonNode sample) {
    var request = sample.path("request");
    if (request.path("run") instanceof ObjectNode run) {
      run.put("id", run.path("id").asText() + "-" + demo);
    }
    return request;
  }

  private String token(String agent) {
    return tokens.computeIfAbsent(
        agent, name -> new KeycloakCalls(settings.keycloakUrl()).clientToken(name, name));
  }

  private HttpResponse<String> call(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevException("Interrupted.", e);
    }
  }

  private String whereToLook() {
    return """

        Now decide in Tasklist: %1$s/camunda/app/tasklist/
          rita / rita     what needs a reviewer, such as the refund of 240.00 EUR
          fiona / fiona   the refund above 500
          leo / leo       the contract amendment
          sam / sam       what was escalated
        What became of it: %1$s/camunda/app/cockpit/ as mona / mona"""
        .formatted(settings.publicUrl());
  }
}
