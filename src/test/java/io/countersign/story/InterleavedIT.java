package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two agents share one queue: five hundred requests are proposed and decided by two people at the
 * same time, in whatever order they come. Each is about an order of its own.
 */
@Timeout(300)
class InterleavedIT {

  private static final int EACH = 250;
  private static final int HANDS = 2;
  private static final List<String> AGENTS = List.of("billing-agent", "procurement-agent");

  private final LinkedBlockingQueue<JsonNode> queue = new LinkedBlockingQueue<>();
  private Story story;
  private ExecutorService threads;

  @BeforeEach
  void start() {
    var limits = "countersign.limits.";
    story =
        Story.start(
            Map.of(
                limits + "open-requests-per-agent", "1000",
                limits + "proposals-per-minute", "100000"));
    threads = Executors.newFixedThreadPool(HANDS * (AGENTS.size() + 2));
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    story.close();
  }

  @Test
  void givesEveryAnswerToItsOwnRequest() throws Exception {
    List<Future<List<JsonNode>>> proposed = new ArrayList<>();
    List<Future<List<JsonNode>>> decided = new ArrayList<>();
    for (String agent : AGENTS) {
      for (int hand = 0; hand < HANDS; hand++) {
        String name = agent + "-" + hand;
        proposed.add(threads.submit(() -> propose(agent, name)));
      }
    }
    for (String person : List.of("rita", "raj")) {
      for (int hand = 0; hand < HANDS; hand++) {
        decided.add(threads.submit(() -> decide(person)));
      }
    }

    List<JsonNode> requests = all(proposed);
    assertThat(all(decided)).hasSize(AGENTS.size() * EACH);
    assertThat(requests).hasSize(AGENTS.size() * EACH);
    Set<String> grants = new HashSet<>();
    for (JsonNode request : requests) {
      isAnsweredAsItself(request, grants);
    }
    tellsTheListenerOfItsOwnOnly(requests);
  }

  private List<JsonNode> propose(String agent, String name) {
    List<JsonNode> requests = new ArrayList<>();
    for (int i = 0; i < EACH / HANDS; i++) {
      String order = name + "-" + i;
      ObjectNode body = Proposals.refund("240.00", 0.72);
      body.withObject("/parameters").put("orderId", order);
      body.put("resumeState", "state of " + order).put("externalId", "item of " + order);
      JsonNode request = story.propose(agent, body);
      requests.add(request);
      queue.add(request);
    }
    return requests;
  }

  /** Approves, edits and rejects by turns; what is said names the order that was shown. */
  private List<JsonNode> decide(String person) throws InterruptedException {
    Visitor visitor = story.application().commandLine(person);
    List<JsonNode> requests = new ArrayList<>();
    for (int i = 0; i < AGENTS.size() * EACH / (2 * HANDS); i++) {
      JsonNode request = queue.take();
      requests.add(request);
      JsonNode shown = Story.json(Story.read(visitor, request));
      String order = shown.at("/parameters/orderId").asText();
      ObjectNode body = Proposals.JSON.createObjectNode();
      body.put("decision", List.of("approve", "edit", "reject").get(i % 3));
      body.put("stage", "review").set("actionDigest", shown.get("actionDigest"));
      body.put("reason", person + " decided " + order);
      if (i % 3 == 1) {
        ObjectNode edited = shown.get("parameters").deepCopy();
        body.set("parameters", edited.put("amount", "2%02d.00".formatted(i % 40)));
      }
      HttpResponse<String> answer = visitor.post(Story.path(request) + "/decisions", body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    return requests;
  }

  private void isAnsweredAsItself(JsonNode request, Set<String> grants) {
    String order = request.at("/parameters/orderId").asText();
    JsonNode answer = story.now(request);
    JsonNode decision = answer.get("decision");
    String decider = decision.at("/decidedBy/0").asText();

    assertThat(answer.get("resumeState").asText()).isEqualTo("state of " + order);
    assertThat(answer.get("externalId").asText()).isEqualTo("item of " + order);
    assertThat(decision.get("reason").asText()).isEqualTo(decider + " decided " + order);
    if (decision.has("grant")) {
      assertThat(decision.at("/parameters/orderId").asText()).isEqualTo(order);
      JsonNode grant = claims(decision.get("grant").asText());
      assertThat(grant.get("request")).isEqualTo(answer.get("id"));
      assertThat(grant.get("sub")).isEqualTo(answer.get("agent"));
      assertThat(grant.get("action_digest")).isEqualTo(decision.get("actionDigest"));
      assertThat(grants.add(grant.get("jti").asText())).as("a grant of its own").isTrue();
    } else {
      assertThat(decision.get("outcome").asText()).isEqualTo("rejected");
    }
    String other = AGENTS.get(1 - AGENTS.indexOf(request.get("agent").asText()));
    assertThat(Story.read(story.application().agent(other), request).statusCode()).isEqualTo(404);
  }

  private void tellsTheListenerOfItsOwnOnly(List<JsonNode> requests) throws Exception {
    Set<String> own = new HashSet<>();
    for (JsonNode request : requests) {
      if (request.get("agent").asText().equals("billing-agent")) {
        own.add(Story.id(request));
      }
    }
    Set<String> told = new HashSet<>();
    for (int i = 0; i < EACH; i++) {
      String body = new String(story.receiver().next().body(), StandardCharsets.UTF_8);
      told.add(Story.json(body).at("/data/requestId").asText());
    }
    assertThat(told).isEqualTo(own);
  }

  private static JsonNode claims(String grant) {
    byte[] payload = Base64.getUrlDecoder().decode(grant.split("\\.")[1]);
    return Story.json(new String(payload, StandardCharsets.UTF_8));
  }

  private static List<JsonNode> all(List<Future<List<JsonNode>>> parts) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    for (Future<List<JsonNode>> part : parts) {
      all.addAll(part.get());
    }
    return all;
  }
}
