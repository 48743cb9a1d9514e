package io.countersign.intake;

import static io.countersign.intake.BadInput.ABSENT;
import static io.countersign.intake.BadInput.PROPOSALS;
import static io.countersign.intake.BadInput.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.dev.CodeFlow;
import io.countersign.dev.ForgedTokens;
import io.countersign.dev.LocalKeycloak;
import io.countersign.testing.RawCall;
import io.countersign.testing.RunningApplication;
import io.countersign.testing.StoredRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static RunningApplication application;

  @BeforeAll
  static void start() {
    application = RunningApplication.shared();
  }

  static Stream<BadInput> inputs() {
    return Stream.concat(BadInputs.all(), BadCalls.all());
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void refusesInWordsAndStoresNothing(BadInput input) throws Exception {
    var before = StoredRows.of(application.database());

    var answer = send(input);

    assertThat(answer.status()).as(answer.body()).isEqualTo(input.status());
    assertIsAProblem(answer, input);
    assertThat(StoredRows.of(application.database())).isEqualTo(before);
  }

  private static void assertIsAProblem(RawCall.Answer answer, BadInput input) throws Exception {
    assertThat(answer.mediaType()).isEqualTo("application/problem+json");
    var problem = JSON.readTree(answer.body());
    assertThat(problem.path("type").asText()).isEqualTo("urn:countersign:problem:" + input.type());
    assertThat(problem.path("status").asInt()).isEqualTo(input.status());
    assertThat(problem.path("title").asText()).isNotEmpty();
    if (input.field() != null) {
      assertThat(problem.path("errors").findValuesAsText("field")).contains(input.field());
      assertThat(problem.path("errors").findValuesAsText("detail"))
          .allSatisfy(detail -> assertThat(detail).startsWith("expected "));
      assertThat(problem.path("detail").asText()).contains("expected ");
    }
    assertThat(answer.body() + answer.head())
        .doesNotContainIgnoringCase("canary")
        .doesNotContain("Exception", "\tat ", "io.countersign.", "\"trace\"", "Tomcat/")
        .hasSizeLessThan(4_000);
  }

  static Stream<BadInput> tokens() throws Exception {
    var keycloak = LocalKeycloak.shared();
    var genuine = RunningApplication.shared().token("billing-agent");
    var forged = ForgedTokens.like(keycloak, genuine);
    var idToken =
        new CodeFlow(keycloak, "countersign-cli", null, "http://127.0.0.1/callback")
            .signIn("rita", "rita")
            .path("id_token")
            .asText();
    var expired = Date.from(Instant.now().minusSeconds(3_600));
    return Stream.of(
        nobody("no token", ABSENT),
        nobody("no token after the word", "Bearer "),
        nobody("garbage", "Bearer canary-5d0c"),
        nobody("three dots", "Bearer a.b.c"),
        nobody("basic", "Basic YmlsbGluZy1hZ2VudDpiaWxsaW5nLWFnZW50"),
        nobody("a cut token", "Bearer " + genuine.substring(0, genuine.length() - 4)),
        nobody("another's signature", "Bearer " + forged.signedByAnother()),
        nobody("no signature", "Bearer " + forged.unsigned()),
        nobody("a MAC with the public key", "Bearer " + forged.signedWithThePublicKey()),
        nobody("expired", "Bearer " + forged.with(it -> it.expirationTime(expired))),
        nobody("an ID token's type", "Bearer " + forged.with(it -> it.claim("typ", "ID"))),
        nobody("a refresh token's type", "Bearer " + forged.with(it -> it.claim("typ", "Refresh"))),
        nobody("a genuine ID token", "Bearer " + idToken),
        nobody("another audience", "Bearer " + forged.with(it -> it.audience("account"))),
        nobody("another issuer", "Bearer " + forged.with(it -> it.issuer("http://127.0.0.1/x"))),
        nobody("nobody's name", "Bearer " + forged.with(it -> it.subject(null))),
        stranger("a person", "Bearer " + RunningApplication.shared().personalToken("rita")),
        stranger("an executor", "Bearer " + RunningApplication.shared().token("action-executor")),
        stranger(
            "an agent without the role",
            "Bearer "
                + forged.with(it -> it.claim("realm_access", Map.of("roles", List.of("Agent"))))));
  }

  private static BadInput nobody(String name, String authorization) {
    return header(name, "Authorization", authorization, 401, "unauthorized", null);
  }

  private static BadInput stranger(String name, String authorization) {
    return header(name, "Authorization", authorization, 403, "forbidden", null);
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void refusesWhoeverIsNoAgentAndStoresNothing(BadInput input) throws Exception {
    refusesInWordsAndStoresNothing(input);
  }

  @Test
  void takesAForgedTokenWhereNothingButItsSignatureWasForged() {
    var forged =
        ForgedTokens.like(LocalKeycloak.shared(), application.token("billing-agent"))
            .with(it -> {});
    var input = header("", "Authorization", "Bearer " + forged, 200, "", null);

    assertThat(send(input).status()).as("else the refusals above prove nothing").isEqualTo(201);
  }

  @Test
  void keepsAgentsFromEachOthersRequestsHoweverTheyWriteTheirName() {
    var id = proposed(BadInput.good()).path("id").asText();
    var forged = ForgedTokens.like(LocalKeycloak.shared(), application.token("billing-agent"));
    for (var name :
        List.of("Billing-Agent", "BILLING-AGENT", "billing-agent ", "publishing-agent")) {
      var token =
          forged.with(
              it ->
                  it.claim("azp", name)
                      .claim("client_id", name)
                      .claim("preferred_username", "service-account-" + name));
      var call = BadInput.call(name, "GET", PROPOSALS + "/" + id, 404, "not-found", null);
      assertThat(send(call.having("Authorization", "Bearer " + token)).status())
          .as(name)
          .isEqualTo(404);
    }
  }

  @Test
  void refusesAPersonsSession() {
    var before = StoredRows.of(application.database());
    var answer =
        application
            .signIn("axel")
            .post(PROPOSALS, BadInput.good(), Map.of("Idempotency-Key", "session"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(StoredRows.of(application.database())).isEqualTo(before);
  }

  @Test
  void answersHugeHeadersWithoutTellingWhoAnswers() {
    for (int length : new int[] {9_000, 70_000, 2_000_000}) {
      var answer = send(header("", "X-Canary", "canary".repeat(length / 6), 400, "", null));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.head() + answer.body())
          .doesNotContain("Tomcat", "Exception", "\tat ", "canary", "Apache");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..%2f..%2factuator%2fcanary", "apr_x%00canary"})
  void answersWhatTheServerItselfRefusesWithoutTellingWhoAnswers(String path) {
    var answer = send(BadInput.call("", "GET", PROPOSALS + "/" + path, 400, "", null));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.head() + answer.body())
        .doesNotContain("Tomcat", "Exception", "\tat ", "canary", "Apache");
  }

  @Test
  void storesAndGivesBackEveryTextByteForByteAndEvaluatesNothing() throws Exception {
    var hostile =
        "${1+1} #{1+1} ${execution.id} <#assign x=1> {{1+1}} __proto__ constructor"
            + " <script>alert(1)</script> ' or 1=1 -- \u202e\u200b\ud83d\ude00 \\u0000 %s %n {0}";
    var text = JSON.writeValueAsString(hostile);
    var body = Canaries.inEveryText(text);

    var proposed = proposed(body);
    var stored = read(proposed.path("id").asText());

    var sent = (com.fasterxml.jackson.databind.node.ObjectNode) JSON.readTree(body);
    sent.fields()
        .forEachRemaining(
            field ->
                assertThat(stored.path(field.getKey()))
                    .as(field.getKey())
                    .isEqualTo(field.getValue()));
    assertThat(stored.path("headline").asText()).isEqualTo("Publish a post on blog");
    assertThat(stored.path("status").asText()).isEqualTo("pending");
  }

  private static JsonNode proposed(String body) {
    var answer = send(BadInput.body("", body, 201, "", null));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return tree(answer.body());
  }

  private static JsonNode read(String id) {
    return tree(send(BadInput.call("", "GET", PROPOSALS + "/" + id, 200, "", null)).body());
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static RawCall.Answer send(BadInput input) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Authorization", "Bearer " + application.token("billing-agent"));
    headers.put("Idempotency-Key", UUID.randomUUID().toString());
    headers.put("Content-Type", "application/json");
    headers.putAll(input.headers());
    headers.values().removeIf(ABSENT::equals);
    var lines = new ArrayList<String>();
    headers.forEach((name, value) -> lines.add(name + ": " + value));
    return RawCall.send(
        application.url(), input.method(), input.target(), lines, input.body(), input.chunked());
  }
}
