package io.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import io.countersign.dev.Database;
import io.countersign.dev.EmbeddedDatabase;
import io.countersign.testing.PackagedApplication;
import io.countersign.testing.PackagedApplication.Deployable;
import io.countersign.testing.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job end to end, the same for every deployable. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SmokeTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENGINE = "/camunda/api/engine/engine/default";
  private static final String TASKS = ENGINE + "/task?maxResults=5";
  private static final String REQUESTS = "/api/v1/approval-requests";

  private final Deployable deployable;
  private final Database database = EmbeddedDatabase.shared().fresh();
  private PackagedApplication application;
  private Visitor rita;
  private Visitor agent;

  SmokeTest(Deployable deployable) {
    this.deployable = deployable;
  }

  @BeforeAll
  void start() {
    application = PackagedApplication.start(deployable, PackagedApplication.freeUrl(), database);
    rita = application.signIn("rita");
    agent = application.agent("billing-agent");
  }

  @AfterAll
  void stopsWhenAsked() {
    application.close();
  }

  @Test
  void carriesAProposalFromTheAgentThroughTasklistAndBack() throws Exception {
    var proposed = propose();
    var waiting = CompletableFuture.supplyAsync(() -> await(proposed));

    decide(proposed, edit(proposed, "200.00"));

    var answered = waiting.get(60, TimeUnit.SECONDS);
    assertThat(answered.at("/status").asText()).isEqualTo("approved_with_edits");
    assertThat(answered.at("/decision/parameters/amount").asText()).isEqualTo("200.00");
    assertThat(answered.at("/decision/reason").asText()).isEqualTo("Half came back.");
    verifyGrant(answered.at("/decision/grant").asText(), answered);
    var history = application.signIn("mona").get(REQUESTS + "?limit=5");
    assertThat(history.statusCode()).as(history.body()).isEqualTo(200);
    assertThat(history.body()).contains(proposed.get("id").asText(), "approved_with_edits");
  }

  @Test
  void keepsNothingOfARefusedDecision() throws Exception {
    var proposed = propose();
    var edit = edit(proposed, "0");

    var refused = submit(claim(proposed), edit);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("amount");
    assertThat(read(proposed).get("status").asText()).isEqualTo("pending");
    assertThat(count("vote", proposed)).isZero();
    assertThat(submit(task(proposed), edit(proposed, "200.00")).statusCode()).isIn(200, 204);
  }

  /** The vote is written by JPA before the engine fails: neither may stay. */
  @Test
  void rollsBackTheEngineAndOurTablesTogether() throws Exception {
    var proposed = propose();
    var task = claim(proposed);
    try (var owner = database.asOwner();
        var statement = owner.createStatement()) {
      statement.execute(
          "create function fail() returns trigger language plpgsql as"
              + " $$ begin raise exception 'refused by the test'; end $$");
      statement.execute(
          "create trigger fail before delete on act_ru_task for each row execute function fail()");
      var failed = submit(task, edit(proposed, "200.00"));
      assertThat(failed.statusCode()).as(failed.body()).isGreaterThanOrEqualTo(400);
      assertThat(count("vote", proposed)).isZero();
      assertThat(read(proposed).get("status").asText()).isEqualTo("pending");
      statement.execute("drop trigger fail on act_ru_task");
    }
    assertThat(submit(task, edit(proposed, "200.00")).statusCode()).isIn(200, 204);
    assertThat(count("vote", proposed)).isEqualTo(1);
  }

  @Test
  void closesThePublishedHolesOfTheEngine() throws Exception {
    var admin =
        Map.of(
            "profile", Map.of("id", "mallory", "firstName", "M", "lastName", "M", "email", "m@x"),
            "credentials", Map.of("password", "mallory-mallory"));
    var setup = "/camunda/api/admin/setup/default/user/create";
    assertThat(application.anybody().post(setup, admin).statusCode()).isEqualTo(403);

    var hostile = "{\"orQueries\":[{\"assigneeExpression\":\"${1/0}\"}]}";
    var harmless = "{\"orQueries\":[{\"assigneeExpression\":\"${1}\"}]}";
    assertThat(rita.post(TASKS, "{\"orQueries\":[{\"assignee\":\"1\"}]}").statusCode())
        .isEqualTo(200);
    var first = rita.post(TASKS, hostile);
    var second = rita.post(TASKS, harmless);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(400);
    // Evaluated, the one would fail and the other would not.
    assertThat(second.statusCode()).as(second.body()).isEqualTo(400);
    assertThat(first.body()).isEqualTo(second.body());
  }

  @ParameterizedTest
  @CsvSource({"nobody, 401", "rita, 401", "billing-agent, 403"})
  void keepsTheEnginesOwnInterfaceForOperators(String who, int status) {
    var visitor =
        switch (who) {
          case "rita" -> rita;
          case "billing-agent" -> agent;
          default -> application.anybody();
        };
    assertThat(visitor.get("/engine-rest/task").statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "/assets/review/review.js, javascript",
    "/camunda/app/tasklist/default/, text/html",
    "/camunda/app/tasklist/scripts/config.js, javascript",
    "/v3/api-docs, json",
  })
  void servesItsPages(String path, String type) {
    var answer = rita.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains(type);
  }

  @Test
  void hidesTheSessionFromScriptsAndForeignPages() {
    assertThat(
            application
                .anybody()
                .get("/camunda/app/tasklist/default/")
                .headers()
                .allValues("Set-Cookie"))
        .anySatisfy(cookie -> assertThat(cookie).contains("SESSION", "HttpOnly", "SameSite=Lax"));
  }

  private JsonNode propose() throws Exception {
    var body = JSON.readTree(Path.of("src/main/demo/01-refund-240.json").toFile()).get("request");
    // In one run the refunds would add up until finance is asked too.
    ((ObjectNode) body.get("run")).put("id", UUID.randomUUID().toString());
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    var answer = agent.post(REQUESTS, body, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    var request = JSON.readTree(answer.body());
    assertThat(request.get("status").asText()).isEqualTo("pending");
    return request;
  }

  private JsonNode await(JsonNode request) {
    try {
      var path = "%s/%s?wait=30s&since=%s";
      var answer =
          agent.get(
              path.formatted(
                  REQUESTS, request.get("id").asText(), request.get("version").asText()));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      var news = JSON.readTree(answer.body());
      // A claim is news too, and so is a decision that the log does not hold yet.
      return news.get("status").asText().equals("pending") ? await(news) : read(news);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode read(JsonNode request) throws IOException {
    return JSON.readTree(agent.get(REQUESTS + "/" + request.get("id").asText()).body());
  }

  private String task(JsonNode request) throws Exception {
    var tasks =
        rita.post(
            TASKS,
            Map.of(
                "processVariables",
                List.of(
                    Map.of(
                        "name", "requestId",
                        "operator", "eq",
                        "value", request.get("id").asText()))));
    assertThat(tasks.statusCode()).as(tasks.body()).isEqualTo(200);
    var found = JSON.readTree(tasks.body());
    assertThat(found.size()).as(tasks.body()).isEqualTo(1);
    return found.get(0).get("id").asText();
  }

  private String claim(JsonNode request) throws Exception {
    var task = task(request);
    var form = rita.get(ENGINE + "/task/" + task + "/deployed-form");
    assertThat(form.body()).contains("countersign-review");
    var claimed = rita.post(ENGINE + "/task/" + task + "/claim", Map.of("userId", "rita"));
    assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(204);
    return task;
  }

  private void decide(JsonNode request, Map<String, String> decision) throws Exception {
    var answer = submit(claim(request), decision);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204);
  }

  private HttpResponse<String> submit(String task, Map<String, String> decision) {
    var variables = new HashMap<String, Object>();
    decision.forEach(
        (name, value) -> variables.put(name, Map.of("value", value, "type", "String")));
    return rita.post(ENGINE + "/task/" + task + "/submit-form", Map.of("variables", variables));
  }

  private static Map<String, String> edit(JsonNode request, String amount) {
    var parameters = request.get("parameters").deepCopy();
    ((ObjectNode) parameters).put("amount", amount);
    return Map.of(
        "decision",
        "edit",
        "reason",
        "Half came back.",
        "parameters",
        parameters.toString(),
        "actionDigest",
        request.get("actionDigest").asText());
  }

  private void verifyGrant(String grant, JsonNode answered) throws Exception {
    var signed = JWSObject.parse(grant);
    var keys = JWKSet.parse(application.anybody().get("/.well-known/jwks.json").body());
    var key = (OctetKeyPair) keys.getKeyByKeyId(signed.getHeader().getKeyID());
    var verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(publicKey(key));
    verifier.update(signed.getSigningInput());
    assertThat(verifier.verify(signed.getSignature().decode())).isTrue();
    assertThat(signed.getPayload().toJSONObject())
        .containsEntry("iss", application.url().toString())
        .containsEntry("action_digest", answered.at("/decision/actionDigest").asText());
  }

  /** By the JDK alone: an Ed25519 key is 32 bytes behind a fixed header. */
  private static PublicKey publicKey(OctetKeyPair key) throws Exception {
    var point = HexFormat.of().formatHex(key.getX().decode());
    var encoded = HexFormat.of().parseHex("302a300506032b6570032100" + point);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private int count(String table, JsonNode request) throws SQLException {
    var id = UUID.fromString(request.get("id").asText().substring("apr_".length()));
    try (var connection = database.asApp();
        var statement =
            connection.prepareStatement(
                "select count(*) from " + table + " where request_id = ?")) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }
}
