package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.delivery.Receiver;
import io.countersign.shared.RequestId;
import io.countersign.testing.RunningApplication;
import io.countersign.testing.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An application in which the billing agent listens for webhooks, and short words for what happens.
 */
final class Story implements AutoCloseable {

  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** Stands for the receiver's address in further settings. */
  static final String RECEIVER = "<receiver>";

  static final String REQUESTS = "/api/v1/approval-requests";

  private static final Map<String, String> ROLES =
      Map.of(
          "rita", "\"reviewer\"",
          "raj", "\"reviewer\"",
          "sam", "\"senior-reviewer\"",
          "fiona", "\"finance-approver\"",
          "leo", "\"legal-approver\"",
          "petra", "\"policy-owner\"");

  private static @Nullable Story shared;

  private final Receiver receiver;
  private final RunningApplication application;
  private final Map<String, Visitor> sessions = new ConcurrentHashMap<>();

  private Story(Receiver receiver, RunningApplication application) {
    this.receiver = receiver;
    this.application = application;
  }

  /** The application of all stories that need nothing else. */
  static synchronized Story shared() {
    if (shared == null || !shared.application.isRunning()) {
      shared = start(Map.of());
    }
    return shared;
  }

  /** An application of its own, with further settings and beans. */
  static Story start(Map<String, String> further, Class<?>... beans) {
    try {
      var receiver = new Receiver();
      var settings = new HashMap<>(further);
      settings.replaceAll((name, value) -> value.replace(RECEIVER, receiver.address()));
      var endpoint = "countersign.delivery.endpoints.billing-agent.default.";
      settings.put(endpoint + "url", "http://" + receiver.address() + "/webhooks");
      settings.put(endpoint + "hmac-secret", SECRET);
      settings.put("countersign.delivery.allowed-addresses", receiver.address());
      return new Story(receiver, RunningApplication.start(settings, beans));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunningApplication application() {
    return application;
  }

  /** Where the billing agent's webhooks arrive. */
  Receiver receiver() {
    return receiver;
  }

  /** Hands a proposal in and returns the answer to that very call. */
  JsonNode propose(String agent, JsonNode body) {
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    var answer = application.agent(agent).post(REQUESTS, body, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  /** Hands a refund of the billing agent in, which waits for people. */
  JsonNode proposeRefund(String amount) {
    return propose("billing-agent", Proposals.refund(amount, 0.72));
  }

  /** The same about an order of its own: what was rejected once is blocked for a day. */
  JsonNode proposeRefundToReject(String amount) {
    var body = Proposals.refund(amount, 0.72);
    body.withObject("/parameters").put("orderId", UUID.randomUUID().toString());
    return propose("billing-agent", body);
  }

  /** A demo person with a session, signed in once. */
  Visitor session(String person) {
    return sessions.computeIfAbsent(person, application::signIn);
  }

  /**
   * What happens when a person decides the only stage that is open to them.
   *
   * @param fields name and text by turns; {@code parameters} is JSON
   */
  HttpResponse<String> decide(String person, JsonNode request, String decision, String... fields) {
    JsonNode shown = json(read(application.commandLine(person), request));
    var body = Proposals.JSON.createObjectNode().put("decision", decision);
    JsonNode current = shown.has("current") ? shown.get("current") : shown;
    body.set("actionDigest", current.path("actionDigest"));
    body.put("stage", stageOf(person, shown));
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equals("parameters")) {
        body.set("parameters", json(fields[i + 1]));
      } else {
        body.put(fields[i], fields[i + 1]);
      }
    }
    return application.commandLine(person).post(path(request) + "/decisions", body);
  }

  /** The same, which has to succeed. */
  JsonNode decides(String person, JsonNode request, String decision, String... fields) {
    HttpResponse<String> answer = decide(person, request, decision, fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return now(request);
  }

  private static String stageOf(String person, JsonNode shown) {
    for (JsonNode stage : shown.path("stages")) {
      if (stage.get("status").asText().equals("open") && isAsked(person, stage)) {
        return stage.get("name").asText();
      }
    }
    for (JsonNode stage : shown.path("stages")) {
      if (isAsked(person, stage)) {
        return stage.get("name").asText();
      }
    }
    return "review";
  }

  private static boolean isAsked(String person, JsonNode stage) {
    String role = ROLES.getOrDefault(person, "");
    return stage.path("roles").toString().contains(role)
        || stage.path("escalatedTo").toString().contains(role);
  }

  /** What an agent says of its own request after it has proposed. */
  HttpResponse<String> says(JsonNode request, String what, ObjectNode body) {
    return application.agent(request.get("agent").asText()).post(path(request) + what, body);
  }

  /** The status of a stage as the agent reads it. */
  String stage(JsonNode request, String name) {
    for (JsonNode stage : now(request).path("stages")) {
      if (stage.get("name").asText().equals(name)) {
        return stage.get("status").asText();
      }
    }
    return "none";
  }

  /** The names of the ends that the chain of a request has reached. */
  List<String> ends(JsonNode request) {
    return application
        .bean(HistoryService.class)
        .createHistoricActivityInstanceQuery()
        .list()
        .stream()
        .filter(
            it ->
                it.getActivityType().endsWith("EndEvent")
                    && belongs(it.getProcessInstanceId(), request))
        .map(it -> it.getActivityName())
        .toList();
  }

  private boolean belongs(String instance, JsonNode request) {
    return application
            .bean(HistoryService.class)
            .createHistoricProcessInstanceQuery()
            .processInstanceId(instance)
            .processInstanceBusinessKey(id(request))
            .count()
        > 0;
  }

  /** What the visitor gets to see of a request. */
  static HttpResponse<String> read(Visitor visitor, JsonNode request) {
    return visitor.get(path(request));
  }

  static String path(JsonNode request) {
    return REQUESTS + "/" + id(request);
  }

  static String id(JsonNode request) {
    return request.get("id").asText();
  }

  /** The request as its agent reads it now. */
  JsonNode now(JsonNode request) {
    return json(read(application.agent(request.get("agent").asText()), request));
  }

  /** The open review tasks of a request. */
  List<Task> tasks(JsonNode request) {
    return application
        .bean(TaskService.class)
        .createTaskQuery()
        .processInstanceBusinessKey(id(request))
        .list();
  }

  /** The one open review task. */
  String task(JsonNode request) {
    return tasks(request).get(0).getId();
  }

  /** How many process instances there are or were for a request. */
  long instances(JsonNode request) {
    return application
        .bean(HistoryService.class)
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(id(request))
        .count();
  }

  /** How many rows of a table belong to a request. */
  long rows(String table, JsonNode request) {
    return JdbcClient.create(application.bean(DataSource.class))
        .sql("select count(*) from " + table + " where request_id = ?")
        .param(RequestId.of(id(request)).uuid())
        .query(Long.class)
        .single();
  }

  /** Which steps the record holds, in order. */
  List<String> recorded(JsonNode request) {
    return JdbcClient.create(application.bean(DataSource.class))
        .sql("select type from audit_entry where request_id = ? order by seq")
        .param(RequestId.of(id(request)).uuid())
        .query(String.class)
        .list();
  }

  static JsonNode json(HttpResponse<String> answer) {
    return json(answer.body());
  }

  static JsonNode json(String text) {
    try {
      return Proposals.JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  @Override
  public void close() {
    application.close();
    receiver.close();
  }
}
