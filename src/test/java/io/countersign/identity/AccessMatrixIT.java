package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.testing.RunningApplication;
import io.countersign.testing.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the OpenAPI document, called by everybody, about a request that is open, one
 * that is closed, and one that is not there; compared with a table written by hand.
 */
class AccessMatrixIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUESTS = "/api/v1/approval-requests";
  private static final String UNKNOWN = "apr_0190b3d2-7b6e-7c21-9f5e-000000000000";

  /** Refused by every reader of a body: nothing that gets in here changes anything. */
  private static final String REFUSED = "{\"no such field\":1}";

  private static final List<String> AGENTS =
      List.of("billing-agent", "publishing-agent", "action-executor");
  private static final List<String> PEOPLE =
      List.of("rita", "leo", "mona", "axel", "otto", "dora", "petra");

  /** Who gets in. The request is the billing agent's, and for reviewers to decide. */
  private static final String TABLE =
      """
      GET    /api/v1/approval-requests                          | mona axel
      POST   /api/v1/approval-requests                          | billing-agent publishing-agent
      GET    /api/v1/approval-requests/{id}                     | billing-agent rita mona axel
      GET    /api/v1/approval-requests/{id}/proof               | billing-agent rita mona axel
      POST   /api/v1/approval-requests/{id}/decisions           | rita
      POST   /api/v1/approval-requests/{id}/objection           | rita mona axel
      POST   /api/v1/approval-requests/{id}/erasure             | axel otto
      POST   /api/v1/approval-requests/{id}/information         | billing-agent
      POST   /api/v1/approval-requests/{id}/withdrawal          | billing-agent
      POST   /api/v1/approval-requests/{id}/outcome             | billing-agent action-executor
      POST   /api/v1/approval-requests/{id}/verdicts            |
      POST   /api/v1/plans                                      | billing-agent publishing-agent
      GET    /api/v1/plans/{id}                                 | billing-agent rita mona axel
      POST   /api/v1/grants/redeem                              | action-executor
      GET    /api/v1/inbox                                      | rita leo mona axel otto dora petra
      GET    /api/v1/inbox/events                               | rita leo mona axel otto dora petra
      POST   /api/v1/decisions:batch                            | rita leo mona axel otto dora petra
      GET    /api/v1/deliveries                                 | otto
      POST   /api/v1/deliveries/{id}/redrive                    | otto
      GET    /api/v1/me/absence                                 | rita leo mona axel otto dora petra
      PUT    /api/v1/me/absence                                 | rita leo mona axel otto dora petra
      DELETE /api/v1/me/absence                                 | rita leo mona axel otto dora petra
      GET    /api/v1/me/channels                                | rita leo mona axel otto dora petra
      PUT    /api/v1/me/channels                                | rita leo mona axel otto dora petra
      GET    /api/v1/overrides                                  | axel otto petra
      POST   /api/v1/overrides                                  | otto
      POST   /api/v1/overrides/{id}/ending                      | otto
      POST   /api/v1/overrides/{id}/confirmation                | otto petra
      GET    /api/v1/chains                                     | axel otto dora
      GET    /api/v1/chains/{key}/migrations                    | axel otto dora
      POST   /api/v1/chains/{key}/migrations                    | otto dora
      POST   /api/v1/chains/{key}/migrations/{id}/confirmation  | otto dora
      GET    /api/v1/audit/entries                              | axel
      GET    /api/v1/audit/proofs/{index}                       | axel
      GET    /api/v1/audit/tile/entries/{number}                | axel
      GET    /api/v1/audit/tile/{level}/{number}                | everybody
      GET    /api/v1/audit/checkpoint                           | everybody
      GET    /api/v1/audit/key                                  | everybody
      GET    /api/v1/examples                                   | mona axel
      GET    /api/v1/performance                                | mona axel
      GET    /api/v1/performance.csv                            | mona axel
      """;

  private static RunningApplication application;
  private static Map<String, Visitor> callers;
  private static Map<String, Set<String>> table;

  @BeforeAll
  static void start() {
    application = RunningApplication.shared();
    callers = new LinkedHashMap<>();
    callers.put("nobody", application.anybody());
    AGENTS.forEach(name -> callers.put(name, application.agent(name)));
    PEOPLE.forEach(name -> callers.put(name, application.commandLine(name)));
    table = new LinkedHashMap<>();
    TABLE.lines().forEach(AccessMatrixIT::read);
  }

  private static void read(String line) {
    String[] cells = line.split("\\|", -1);
    Set<String> who =
        cells[1].strip().equals("everybody")
            ? callers.keySet()
            : Arrays.stream(cells[1].strip().split(" "))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    table.put(cells[0].strip().replaceAll(" +", " "), who);
  }

  @Test
  void knowsEveryOperationOfTheDocument() {
    assertThat(operations()).containsExactlyInAnyOrderElementsOf(table.keySet());
  }

  @Test
  void letsInWhomTheTableNamesWhileARequestIsOpen() {
    compare(table, AccessMatrixIT::open, true);
  }

  /** Whoever may read it learns that it is too late. */
  @Test
  void letsInWhomTheTableNamesOnceItIsClosed() {
    Map<String, Set<String>> late = new LinkedHashMap<>(table);
    late.put("POST /api/v1/approval-requests/{id}/decisions", Set.of("rita", "mona", "axel"));

    compare(late, AccessMatrixIT::closed, true);
  }

  @Test
  void letsNobodyInToARequestThatIsNotThere() {
    compare(table, () -> Map.of("id", UNKNOWN, "digest", "sha-256:" + "0".repeat(64)), false);
  }

  private static void compare(
      Map<String, Set<String>> table, Supplier<Map<String, String>> about, boolean exists) {
    Map<String, String> request = about.get();
    String plan = exists ? plan() : UUID.randomUUID().toString();
    List<String> wrong = new ArrayList<>();
    table.forEach(
        (operation, named) ->
            callers.forEach(
                (name, caller) -> {
                  // Whoever decides changes it for those who come after.
                  Map<String, String> its =
                      operation.endsWith("/decisions") && exists ? about.get() : request;
                  int status = call(caller, operation, its, plan);
                  boolean expected =
                      named.contains(name) && (exists || !isAboutARequest(operation));
                  if (isIn(operation, status) != expected || status >= 500) {
                    wrong.add(operation + " by " + name + ": " + status);
                  }
                }));
    assertThat(wrong).as("cells that differ from the table").isEmpty();
  }

  /** What may not be read looks as if it were not there. */
  private static boolean isIn(String operation, int status) {
    return status != 401 && status != 403 && !(isAboutARequest(operation) && status == 404);
  }

  private static boolean isAboutARequest(String operation) {
    return operation.contains("/approval-requests/{id}") || operation.contains("/plans/{id}");
  }

  private static int call(
      Visitor caller, String operation, Map<String, String> request, String plan) {
    String[] parts = operation.split(" ");
    String id = parts[1].contains("/plans/") ? plan : request.get("id");
    String path =
        parts[1]
            .replace("{id}", isAboutARequest(operation) ? id : UUID.randomUUID().toString())
            .replace("{key}", "approve-action")
            .replace("{level}", "0")
            .replace("{number}", "000")
            .replace("{index}", "0");
    if (parts[0].equals("GET")) {
      return caller.knock(path);
    }
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    return caller.send(parts[0], path, key, body(path, request)).statusCode();
  }

  private static String body(String path, Map<String, String> request) {
    if (path.endsWith("/decisions")) {
      return "{\"decision\":\"approve\",\"actionDigest\":\"" + request.get("digest") + "\"}";
    }
    boolean readsItFirst = path.contains(UNKNOWN);
    return readsItFirst && path.endsWith("/erasure")
        ? "{\"reason\":\"It is not there.\"}"
        : REFUSED;
  }

  private static Map<String, String> open() {
    JsonNode answer =
        json(
            application
                .agent("billing-agent")
                .post(REQUESTS, refund(), Map.of("Idempotency-Key", UUID.randomUUID().toString())));
    return Map.of("id", answer.path("id").asText(), "digest", answer.path("actionDigest").asText());
  }

  private static Map<String, String> closed() {
    Map<String, String> request = open();
    var rejected =
        application
            .commandLine("rita")
            .post(
                REQUESTS + "/" + request.get("id") + "/decisions",
                "{\"decision\":\"reject\",\"reason\":\"No.\",\"actionDigest\":\""
                    + request.get("digest")
                    + "\"}");
    assertThat(rejected.statusCode()).as(rejected.body()).isEqualTo(200);
    return request;
  }

  private static String plan() {
    var answer =
        application
            .agent("billing-agent")
            .post(
                "/api/v1/plans",
                "{\"steps\":[" + refund() + "," + refund() + "]}",
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("planId").asText();
  }

  private static String refund() {
    return """
    {"action":"process_refund","confidence":0.72,
     "parameters":{"orderId":"%s","amount":"240.00","currency":"EUR"}}\
    """
        .formatted(UUID.randomUUID());
  }

  private static Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (var path : json(application.anybody().get("/v3/api-docs")).path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (path.getKey().startsWith("/api/")) {
          operations.add(method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return operations;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }
}
