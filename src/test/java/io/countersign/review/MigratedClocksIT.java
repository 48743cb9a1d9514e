package io.countersign.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.identity.Caller;
import io.countersign.identity.SignIn;
import io.countersign.shared.Role;
import io.countersign.story.Deployments;
import io.countersign.testing.RunningApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each review has exactly one live clock after a move, whatever it waits for. */
class MigratedClocksIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUESTS = "/api/v1/approval-requests";
  private static final Caller OTTO = person("otto", Role.OPERATOR);
  private static final Caller DORA = person("dora", Role.PROCESS_DESIGNER);

  private static RunningApplication application;
  private static Deployments models;

  @BeforeAll
  static void start() {
    application =
        RunningApplication.start(
            Map.of(
                "camunda.bpm.job-execution.enabled",
                "false",
                "countersign.reconcile-every",
                "PT0S"));
    models = new Deployments(application.bean(RepositoryService.class));
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  private static Caller person(String name, Role role) {
    return new Caller(
        name,
        name,
        Caller.Kind.PERSON,
        Set.of(role),
        Optional.empty(),
        SignIn.justNow(Instant.EPOCH));
  }

  @Test
  void findsNothingWrongAfterEverythingWasMoved() {
    models.next("approve-refund", UnaryOperator.identity());
    JsonNode open = refund();
    JsonNode asked = refund();
    decide(asked, "ask", "question", "Which charge was it?");
    provision();
    int block = models.newest("review-stage");
    int chain = models.newest("approve-refund");
    int window = models.newest("objection-window");
    models.next("approve-refund", UnaryOperator.identity());
    models.next("objection-window", UnaryOperator.identity());

    assertThat(move("review-stage", block)).isEqualTo(2);
    assertThat(move("approve-refund", chain)).isEqualTo(2);
    assertThat(move("objection-window", window)).isOne();

    assertThat(findings()).isEmpty();
    assertThat(answer(asked).statusCode()).isEqualTo(200);
    assertThat(findings()).isEmpty();
    decide(open, "approve", "reason", "Charged twice.");
    decide(asked, "approve", "reason", "Charged twice.");
    assertThat(status(open)).isEqualTo("approved");
    assertThat(status(asked)).isEqualTo("approved");
    assertThat(findings()).isEmpty();
  }

  @Test
  void refusesAVersionUnderWhichAReviewWouldLoseItsClock() {
    models.next("approve-refund", UnaryOperator.identity());
    int block = models.newest("review-stage");
    refund();
    int next =
        models.nextReviewStage(
            it -> it.replace("BoundaryEvent_DeadlinePassed", "BoundaryEvent_TimeIsUp"));

    MigrationReport report =
        application.bean(ChainMigrations.class).rehearse(wish("review-stage", block, next));

    assertThat(report.possible()).isFalse();
    assertThat(report.reasons())
        .containsExactly("its clock would be lost: timer_missing (1 instance)");
    assertThat(report.results()).hasSize(1);
    assertThat(findings()).isEmpty();
  }

  private static List<ClockFinding> findings() {
    return application.bean(ClockFindings.class).all();
  }

  private static int move(String chain, int from) {
    ChainMigrations migrations = application.bean(ChainMigrations.class);
    MigrationWish wish = wish(chain, from, models.newest(chain));
    MigrationOrder order = migrations.ask(wish, "The old one is too slow.", OTTO);
    return migrations.confirm(chain, order.id(), DORA).results().size();
  }

  private static MigrationWish wish(String chain, int from, int to) {
    return new MigrationWish(chain, from, to, new TreeMap<>(), new TreeSet<>());
  }

  private static JsonNode refund() {
    ObjectNode body = JSON.createObjectNode().put("action", "process_refund");
    body.put("confidence", 0.72).put("rationale", "Charged twice.");
    body.putObject("parameters")
        .put("orderId", "10428")
        .put("amount", "240.00")
        .put("currency", "EUR");
    return propose("billing-agent", body);
  }

  private static void provision() {
    ObjectNode body = JSON.createObjectNode().put("action", "provision_server");
    body.put("confidence", 0.97);
    body.putObject("parameters")
        .put("type", "small")
        .put("region", "eu-central")
        .put("monthlyCost", "40.00");
    propose("procurement-agent", body);
  }

  private static JsonNode propose(String agent, ObjectNode body) {
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    var answer = application.agent(agent).post(REQUESTS, body, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  private static void decide(JsonNode request, String decision, String field, String text) {
    ObjectNode body = JSON.createObjectNode().put("decision", decision).put(field, text);
    body.set("actionDigest", request.get("actionDigest"));
    var answer = application.commandLine("rita").post(path(request) + "/decisions", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static HttpResponse<String> answer(JsonNode request) {
    String question = read(request).at("/questions/0/id").asText();
    return application
        .agent("billing-agent")
        .post(
            path(request) + "/information",
            Map.of("questionId", question, "answer", "The second."));
  }

  private static String status(JsonNode request) {
    return read(request).get("status").asText();
  }

  private static JsonNode read(JsonNode request) {
    return json(application.agent("billing-agent").get(path(request)));
  }

  private static String path(JsonNode request) {
    return REQUESTS + "/" + request.get("id").asText();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }
}
