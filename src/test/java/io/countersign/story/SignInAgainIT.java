package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.PersonalTokens;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever lets a bulk delete through has typed the password just now, whatever the token's age. */
class SignInAgainIT {

  private static final Duration ROLES_HOLD_FOR = Duration.ofMinutes(5).plusSeconds(30);

  private static Story story;

  @BeforeAll
  static void start() {
    MovedTime.set(Instant.now());
    story = Story.start(Map.of("camunda.bpm.job-execution.enabled", "false"), MovedTime.class);
  }

  @AfterAll
  static void stop() {
    story.close();
  }

  private static JsonNode proposed() {
    ObjectNode body = Proposals.sample("07-bulk-delete");
    // What was rejected once is blocked for a day.
    body.withObject("/parameters").put("filter", "batch = '" + UUID.randomUUID() + "'");
    return story.propose("procurement-agent", body);
  }

  private static HttpResponse<String> decide(
      Visitor sam, JsonNode request, String decision, String reason) {
    ObjectNode body =
        Proposals.JSON.createObjectNode().put("decision", decision).put("reason", reason);
    body.set("actionDigest", request.get("actionDigest"));
    return sam.post(Story.path(request) + "/decisions", body);
  }

  @Test
  void refusesARenewedTokenOfAnOldSignInAndTakesItToReject() {
    MovedTime.set(Instant.now());
    JsonNode request = proposed();
    PersonalTokens.Renewed renewed = PersonalTokens.renewed("sam");
    Visitor sam = story.application().visitor(renewed.token());
    // The very last moment at which the token's roles still count; the sign-in is older.
    MovedTime.set(renewed.issuedAt().plus(ROLES_HOLD_FOR));

    HttpResponse<String> refused = decide(sam, request, "approve", "Only 40 rows.");

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
    assertThat(refused.body()).contains("urn:countersign:problem:sign-in-again");
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"insufficient_user_authentication\", max_age=\"300\"");
    assertThat(story.recorded(request)).doesNotContain("vote.cast");
    HttpResponse<String> rejected = decide(sam, request, "reject", "Nobody asked for it.");
    assertThat(rejected.statusCode()).as(rejected.body()).isEqualTo(200);
  }

  @Test
  void takesAFreshSignInAndNotesIt() {
    MovedTime.set(Instant.now());
    JsonNode request = proposed();

    HttpResponse<String> approved =
        decide(story.application().commandLine("sam"), request, "approve", "Only 40 rows.");

    assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
    String query = "/api/v1/audit/entries?type=vote.cast&request=" + Story.id(request);
    var auditor = story.application().commandLine("axel");
    await()
        .untilAsserted(() -> assertThat(auditor.get(query).body()).contains("\"signedInAt\":\"20"));
  }

  @Test
  void sendsToKeycloakThoughSignedInAndBackToTheRequest() {
    JsonNode request = proposed();
    Visitor sam = story.session("sam");
    String there = "/review/" + Story.id(request) + "/sign-in";

    String first = location(sam.get(there));
    String atKeycloak = location(sam.get(first));
    String back = location(sam.get(there));

    assertThat(first).endsWith("/oauth2/authorization/keycloak?again=");
    assertThat(atKeycloak).contains("/protocol/openid-connect/auth").contains("prompt=login");
    assertThat(back).endsWith("/review/" + Story.id(request));
    assertThat(location(sam.get("/review/apr_x/sign-in"))).endsWith("/review/apr_x");
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElseThrow();
  }
}
