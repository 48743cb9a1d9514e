package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import io.countersign.handback.KeyPurpose;
import io.countersign.handback.SigningKeys;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was approved runs once, to the last byte, while nobody has called it back. */
class RedeemIT {

  private static final String REDEEM = "/api/v1/grants/redeem";

  private static Story story;

  @BeforeAll
  static void start() {
    MovedTime.set(MovedTime.START);
    story = Story.start(Map.of("camunda.bpm.job-execution.enabled", "false"), MovedTime.class);
  }

  @AfterAll
  static void stop() {
    story.close();
  }

  @BeforeEach
  void startOver() {
    MovedTime.set(MovedTime.START);
  }

  @Test
  void letsTheExecutorCarryOutOnceWhatAPersonApproved() {
    JsonNode request = approved("240.00");
    ObjectNode attempt = attempt(request);

    HttpResponse<String> first = redeem(attempt, "key-" + Story.id(request));
    HttpResponse<String> again = redeem(attempt, "key-" + Story.id(request));
    HttpResponse<String> other = redeem(attempt, "other-" + Story.id(request));

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(Story.json(first).get("requestId").asText()).isEqualTo(Story.id(request));
    assertThat(Story.json(first).get("actionDigest")).isEqualTo(request.get("actionDigest"));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    refuses(other, 409, "grant-redeemed");
    JsonNode decision = story.now(request).get("decision");
    assertThat(decision.get("grantStatus").asText()).isEqualTo("redeemed");
    assertThat(decision.has("grant")).as("a grant after its use").isFalse();
    assertThat(story.recorded(request)).containsOnlyOnce("grant.redeemed");
  }

  @Test
  void runsWhatNeededNobodyOnceToo() {
    JsonNode request = story.propose("billing-agent", Proposals.refund("12.00", 0.97));

    assertThat(redeem(attempt(request), newKey()).statusCode()).isEqualTo(200);
    refuses(redeem(attempt(request), newKey()), 409, "grant-redeemed");
  }

  @ParameterizedTest
  @CsvSource({
    "amount, 999.00",
    "amount, 240.0",
    "amount, '240.00 '",
    "currency, eur",
    "orderId, 10429",
    "note, more than was shown",
  })
  void executesNothingElseThanWasApproved(String field, String value) {
    JsonNode request = approved("240.00");
    ObjectNode attempt = attempt(request);
    attempt.withObject("/parameters").put(field, value);

    refuses(redeem(attempt, newKey()), 422, "other-action");
    assertThat(redeem(attempt(request), newKey()).statusCode()).as("the right one").isEqualTo(200);
  }

  @Test
  void executesNoOtherToolThanWasApproved() {
    JsonNode request = approved("240.00");
    ObjectNode attempt = attempt(request).put("action", "delete_records");

    refuses(redeem(attempt, newKey()), 422, "other-action");
  }

  @Test
  void executesTheEditAndNotWhatWasProposed() {
    JsonNode request = story.proposeRefund("240.00");
    ObjectNode lower = Proposals.refundParameters("200.00");
    JsonNode edited =
        story.decides("rita", request, "edit", "parameters", lower.toString(), "reason", "Half.");
    ObjectNode attempt = attempt(edited);
    attempt.set("parameters", Proposals.refundParameters("240.00"));

    refuses(redeem(attempt, newKey()), 422, "other-action");
    attempt.set("parameters", lower);
    assertThat(redeem(attempt, newKey()).statusCode()).isEqualTo(200);
  }

  @Test
  void takesAGrantFromNobodyButItsExecutor() {
    ObjectNode attempt = attempt(approved("240.00"));
    Map<String, String> key = Map.of("Idempotency-Key", newKey());

    for (Visitor visitor :
        List.of(
            story.application().agent("billing-agent"),
            story.application().commandLine("rita"),
            story.application().commandLine("otto"))) {
      assertThat(visitor.post(REDEEM, attempt, key).statusCode()).isEqualTo(403);
    }
    assertThat(story.application().anybody().post(REDEEM, attempt, key).statusCode())
        .isEqualTo(401);
    assertThat(redeem(attempt, newKey()).statusCode()).isEqualTo(200);
  }

  @Test
  void endsAfterFiveMinutesAndIsGivenAnew() {
    JsonNode request = approved("240.00");
    ObjectNode old = attempt(request);
    String key = newKey();
    MovedTime.set(MovedTime.START.plus(Duration.ofMinutes(5)));

    refuses(redeem(old, key), 410, "grant-over");

    assertThat(redeem(attempt(story.now(request)), key).statusCode()).isEqualTo(200);
    MovedTime.set(MovedTime.START.plus(Duration.ofMinutes(11)));
    assertThat(redeem(old, key).statusCode()).as("the answer that was lost").isEqualTo(200);
  }

  @Test
  void isOverADayAfterTheApproval() {
    JsonNode request = approved("240.00");
    MovedTime.set(MovedTime.START.plus(Duration.ofHours(24)).minusSeconds(1));
    ObjectNode last = attempt(story.now(request));
    MovedTime.set(MovedTime.START.plus(Duration.ofHours(24)));

    JsonNode decision = story.now(request).get("decision");

    assertThat(decision.get("grantStatus").asText()).isEqualTo("ended");
    assertThat(decision.has("grant")).isFalse();
    refuses(redeem(last, newKey()), 410, "grant-over");
  }

  @Test
  void isVoidOnceAPersonObjected() {
    ObjectNode body = Proposals.JSON.createObjectNode();
    body.put("action", "provision_server").put("confidence", 0.97);
    body.putObject("parameters")
        .put("type", "small")
        .put("region", "eu-central")
        .put("monthlyCost", "40.00");
    JsonNode request = story.propose("procurement-agent", body);
    ObjectNode attempt = attempt(request);
    ObjectNode reason = Proposals.JSON.createObjectNode().put("reason", "We have one already.");
    var rita = story.application().commandLine("rita");
    assertThat(rita.post(Story.path(request) + "/objection", reason).statusCode()).isEqualTo(200);

    refuses(redeem(attempt, newKey()), 410, "grant-over");
    assertThat(story.recorded(request)).doesNotContain("grant.redeemed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "action", "run", "policy"})
  void isStoppedByAnOperatorUntilTwoPeopleLetItGoOn(String scope) {
    ObjectNode body = Proposals.refund("240.00", 0.72);
    String run = UUID.randomUUID().toString();
    body.putObject("run").put("id", run).put("step", 1).put("of", 1);
    JsonNode request = story.propose("billing-agent", body);
    JsonNode decided = story.decides("rita", request, "approve");
    ObjectNode attempt = attempt(decided);
    String target =
        switch (scope) {
          case "agent" -> "billing-agent";
          case "action" -> "process_refund";
          case "run" -> run;
          default -> request.get("policyVersion").asText();
        };

    JsonNode placed = stop(scope, target);

    refuses(redeem(attempt, newKey()), 410, "grant-over");
    JsonNode stopped = story.now(request).get("decision");
    assertThat(stopped.get("grantStatus").asText()).isEqualTo("stopped");
    assertThat(stopped.has("grant")).isFalse();
    assertThat(story.propose("billing-agent", body).get("status").asText()).isEqualTo("blocked");

    letGoOn(placed);

    assertThat(redeem(attempt, newKey()).statusCode()).isEqualTo(200);
  }

  @Test
  void takesOneKeyForOneGrant() {
    String key = newKey();
    assertThat(redeem(attempt(approved("240.00")), key).statusCode()).isEqualTo(200);

    refuses(redeem(attempt(approved("240.00")), key), 422, "key-reused");
  }

  @Test
  void letsOneOfManyAtTheSameTimeUseIt() throws Exception {
    ObjectNode attempt = attempt(approved("240.00"));
    Visitor executor = story.application().agent("action-executor");
    List<Callable<HttpResponse<String>>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String key = newKey();
      attempts.add(() -> executor.post(REDEEM, attempt, Map.of("Idempotency-Key", key)));
    }

    List<Integer> answers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<HttpResponse<String>> answer : threads.invokeAll(attempts)) {
        answers.add(answer.get().statusCode());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
    assertThat(answers).filteredOn(status -> status == 409).hasSize(19);
  }

  @Test
  void knowsForgeriesOfEveryKind() throws Exception {
    JsonNode request = approved("240.00");
    String grant = attempt(request).get("grant").asText();
    String[] parts = grant.split("\\.");
    String claims = new String(Base64URL.from(parts[1]).decode(), StandardCharsets.UTF_8);
    SigningKeys keys = story.application().bean(SigningKeys.class);

    List<String> forgeries =
        List.of(
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1] + "." + parts[2].substring(2) + "AA",
            Base64URL.encode("{\"alg\":\"none\",\"typ\":\"countersign-grant+jwt\"}")
                + "."
                + parts[1]
                + ".",
            parts[0] + "." + Base64URL.encode(claims.replace("billing", "other")) + "." + parts[2],
            signed(header(keys.kid(KeyPurpose.GRANTS)), claims, keys, KeyPurpose.WEBHOOKS),
            signed(header(keys.kid(KeyPurpose.WEBHOOKS)), claims, keys, KeyPurpose.WEBHOOKS),
            signed(header(keys.kid(KeyPurpose.LOG)), claims, keys, KeyPurpose.LOG),
            signed(
                header(keys.kid(KeyPurpose.GRANTS)).replace("countersign-grant+jwt", "JWT"),
                claims,
                keys,
                KeyPurpose.GRANTS),
            signed(
                header(keys.kid(KeyPurpose.GRANTS)),
                claims.replace("\"iss\":\"http", "\"iss\":\"https://other.example/http"),
                keys,
                KeyPurpose.GRANTS),
            macced(claims, keys),
            "..",
            "a.b.c",
            "not a grant");

    for (String forgery : forgeries) {
      ObjectNode attempt = attempt(request).put("grant", forgery);
      refuses(redeem(attempt, newKey()), 422, "grant-invalid");
    }
    assertThat(redeem(attempt(request), newKey()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"grant\": 1, \"action\": \"process_refund\", \"parameters\": {}}",
        "{\"grant\": \"a.b.c\", \"action\": \"process_refund\"}",
        "{\"grant\": \"a.b.c\", \"action\": \"process_refund\", \"parameters\": []}",
        "{\"grant\": \"a.b.c\", \"action\": \"\", \"parameters\": {}}",
        "{\"grant\": \"a.b.c\", \"action\": \"a\", \"parameters\": {}, \"more\": 1}",
      })
  void namesWhatIsWrongWithTheBody(String body) {
    refuses(redeem(Story.json(body), newKey()), 422, "invalid-body");
  }

  @Test
  void asksForAKey() {
    var answer =
        story.application().agent("action-executor").post(REDEEM, attempt(approved("240.00")));

    refuses(answer, 400, "invalid-request");
  }

  private static String header(String kid) {
    return "{\"typ\":\"countersign-grant+jwt\",\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"}";
  }

  private static String signed(String header, String claims, SigningKeys keys, KeyPurpose purpose) {
    String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
    return input
        + "."
        + Base64URL.encode(keys.sign(purpose, input.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String macced(String claims, SigningKeys keys) throws Exception {
    var forged =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new com.nimbusds.jose.JOSEObjectType("countersign-grant+jwt"))
                .keyID(keys.kid(KeyPurpose.GRANTS))
                .build(),
            new Payload(claims));
    forged.sign(new MACSigner(keys.publicKey(KeyPurpose.GRANTS)));
    return forged.serialize();
  }

  /** A refund about an order of its own, approved by a person. */
  private static JsonNode approved(String amount) {
    return story.decides("rita", story.proposeRefund(amount), "approve");
  }

  private static ObjectNode attempt(JsonNode request) {
    JsonNode decision = request.get("decision");
    ObjectNode attempt = Proposals.JSON.createObjectNode();
    attempt.put("grant", decision.get("grant").asText());
    attempt.put("action", request.get("action").asText());
    attempt.set("parameters", decision.get("parameters").deepCopy());
    return attempt;
  }

  private static HttpResponse<String> redeem(JsonNode attempt, String key) {
    return story
        .application()
        .agent("action-executor")
        .post(REDEEM, attempt, Map.of("Idempotency-Key", key));
  }

  private static JsonNode stop(String scope, String target) {
    ObjectNode wish = Proposals.JSON.createObjectNode();
    wish.putObject("scope").put(scope, target);
    wish.put("route", "block").put("reason", "It was taken over.");
    wish.put("until", MovedTime.START.plus(Duration.ofHours(1)).toString());
    var placed = story.application().commandLine("otto").post("/api/v1/overrides", wish);
    assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
    return Story.json(placed);
  }

  private static void letGoOn(JsonNode placed) {
    String path = "/api/v1/overrides/" + placed.get("id").asText();
    ObjectNode reason = Proposals.JSON.createObjectNode().put("reason", "It is ours again.");
    var application = story.application();
    assertThat(application.commandLine("otto").post(path + "/ending", reason).statusCode())
        .isEqualTo(200);
    var confirmed =
        application
            .commandLine("petra")
            .post(path + "/confirmation", Proposals.JSON.createObjectNode());
    assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
  }

  private static void refuses(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Story.json(answer).get("type").asText())
        .as(answer.body())
        .isEqualTo("urn:countersign:problem:" + type);
  }

  private static String newKey() {
    return UUID.randomUUID().toString();
  }
}
