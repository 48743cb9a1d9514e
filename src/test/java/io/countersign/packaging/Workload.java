package io.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.PackagedApplication;
import io.countersign.testing.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Agents that propose and people who race to decide, and all that they were told. */
final class Workload {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUESTS = "/api/v1/approval-requests";
  private static final int PROPOSERS = 3;
  private static final Map<String, String> DECISIONS = Map.of("rita", "approve", "raj", "reject");
  private static final Map<String, String> STATUSES = Map.of("rita", "approved", "raj", "rejected");

  /** What was sent under a key, answered or not. */
  private final Map<String, JsonNode> sent = new ConcurrentHashMap<>();

  /** What was answered with 201, by key. */
  private final Map<String, JsonNode> accepted = new ConcurrentHashMap<>();

  /** Who was told that they had decided, by request. */
  private final Map<String, String> decidedBy = new ConcurrentHashMap<>();

  private final Semaphore acceptances = new Semaphore(0);
  private final Semaphore decisions = new Semaphore(0);

  /** Works until the application is killed, which is when this returns true. */
  void workUntil(PackagedApplication application, Moment moment, boolean deciding)
      throws Exception {
    acceptances.drainPermits();
    decisions.drainPermits();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (int i = 0; i < PROPOSERS; i++) {
        var agent = application.agent("billing-agent");
        threads.execute(() -> untilKilled(() -> propose(agent, UUID.randomUUID().toString())));
      }
      if (deciding) {
        for (var person : DECISIONS.keySet()) {
          var visitor = application.commandLine(person);
          threads.execute(() -> untilKilled(() -> decideSomething(visitor, person)));
        }
      }
      moment.await();
      application.kill();
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** When to kill. */
  interface Moment {
    void await() throws InterruptedException;
  }

  Moment afterAcceptances(int count) {
    return () -> acquire(acceptances, count);
  }

  Moment afterDecisions(int count) {
    return () -> acquire(decisions, count);
  }

  private static void acquire(Semaphore news, int count) throws InterruptedException {
    assertThat(news.tryAcquire(count, 60, TimeUnit.SECONDS)).isTrue();
  }

  private static void untilKilled(Runnable step) {
    try {
      while (true) {
        step.run();
      }
    } catch (UncheckedIOException killed) {
      // The connection broke: whatever was underway stays unanswered.
    }
  }

  private void propose(Visitor agent, String key) {
    var body = sent.computeIfAbsent(key, name -> refund());
    var answer = agent.post(REQUESTS, body, Map.of("Idempotency-Key", key));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    var earlier = accepted.put(key, parse(answer.body()));
    if (earlier == null) {
      acceptances.release();
    } else {
      // Acknowledged before: the same resource, and not as a new one.
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(accepted.get(key).get("id")).isEqualTo(earlier.get("id"));
      assertThat(accepted.get(key).get("actionDigest")).isEqualTo(earlier.get("actionDigest"));
    }
  }

  private static JsonNode refund() {
    try {
      var sample = JSON.readTree(Path.of("src/main/demo/01-refund-240.json").toFile());
      var refund = (ObjectNode) sample.get("request");
      refund.remove("run");
      ((ObjectNode) refund.get("parameters")).put("orderId", UUID.randomUUID().toString());
      return refund.put("callback", "default");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void decideSomething(Visitor visitor, String person) {
    accepted.values().stream()
        .filter(request -> !decidedBy.containsKey(id(request)))
        .findFirst()
        .ifPresentOrElse(request -> decide(visitor, person, request), Thread::onSpinWait);
  }

  private void decide(Visitor visitor, String person, JsonNode request) {
    var answer =
        visitor.post(
            REQUESTS + "/" + id(request) + "/decisions",
            Map.of(
                "decision", DECISIONS.get(person),
                "actionDigest", request.get("actionDigest").asText(),
                "reason", "Looked at by " + person));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 404, 409);
    if (answer.statusCode() == 200) {
      assertThat(decidedBy.put(id(request), person)).isIn(null, person);
      decisions.release();
    } else {
      // Somebody else won, who may never have been told.
      decidedBy.putIfAbsent(id(request), "somebody");
    }
  }

  /** Sends all of it again under the same keys and looks at what has become of it. */
  void findsEverythingAgain(PackagedApplication application) {
    var agent = application.agent("billing-agent");
    sent.keySet().forEach(key -> propose(agent, key));
    for (var request : accepted.values()) {
      var winner = decidedBy.get(id(request));
      if (winner != null && !winner.equals("somebody")) {
        var now = parse(agent.get(REQUESTS + "/" + id(request)).body());
        assertThat(now.get("status").asText()).as(now.toString()).isEqualTo(STATUSES.get(winner));
      }
    }
    decidedBy.values().removeIf("somebody"::equals);
  }

  /** Decides whatever still waits; returns the ids of all requests. */
  Set<String> decidesTheRest(PackagedApplication application) {
    var agent = application.agent("billing-agent");
    var rita = application.commandLine("rita");
    for (var request : List.copyOf(accepted.values())) {
      var now = parse(agent.get(REQUESTS + "/" + id(request)).body());
      if (now.get("status").asText().equals("pending")) {
        decide(rita, "rita", request);
        assertThat(decidedBy).containsEntry(id(request), "rita");
      }
    }
    return Set.copyOf(accepted.values().stream().map(Workload::id).toList());
  }

  private static String id(JsonNode request) {
    return request.get("id").asText();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
