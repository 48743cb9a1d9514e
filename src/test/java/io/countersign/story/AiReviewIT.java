package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.delivery.MovableClock;
import io.countersign.delivery.Receiver.Received;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A registered reviewer looks before people do: it can stop an action, and approve none. */
class AiReviewIT {

  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(9));
  private static final MovableClock DATABASE = new MovableClock();
  private static final String VERDICTS = "/verdicts";

  private static Story story;

  private JsonNode request;
  private Received asked;

  /** The time that all nodes agree on. */
  @TestConfiguration(proxyBeanMethods = false)
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static class Time {
    @Bean
    Clock clock() {
      return DATABASE;
    }
  }

  @BeforeAll
  static void start() {
    at(Duration.ZERO);
    story =
        Story.start(
            Map.of(
                "camunda.bpm.job-execution.enabled",
                "false",
                "countersign.delivery.endpoints.content-checker.default.url",
                "http://" + Story.RECEIVER + "/content-checker"),
            Time.class);
  }

  @AfterAll
  static void stop() {
    ClockUtil.reset();
    story.close();
  }

  @BeforeEach
  void propose() throws InterruptedException {
    at(Duration.ZERO);
    request = story.propose("publishing-agent", post());
    asked = story.receiver().next();
  }

  @Test
  void asksTheServiceByWebhookAndNobodyElse() {
    assertThat(asked.path()).isEqualTo("/content-checker");
    assertThat(asked.header("webhook-signature")).contains("v1a,");
    JsonNode message = Story.json(new String(asked.body(), StandardCharsets.UTF_8));
    assertThat(message.get("type").asText()).isEqualTo("review.requested");
    JsonNode data = message.get("data");
    assertThat(data.get("requestId")).isEqualTo(request.get("id"));
    assertThat(data.get("stage").asText()).isEqualTo("pre-check");
    assertThat(data.get("parameters")).isEqualTo(request.get("parameters"));
    assertThat(data.get("actionDigest")).isEqualTo(request.get("actionDigest"));
    assertThat(data.get("rationale")).isEqualTo(request.get("rationale"));
    assertThat(data.get("confidence").asText()).isEqualTo("0.88");
    assertThat(data.at("/links/self").asText()).endsWith(Story.path(request));
    assertThat(data.at("/links/verdicts").asText()).endsWith(Story.path(request) + VERDICTS);
    assertThat(data.get("deadline").asText()).isEqualTo(START.plusSeconds(300).toString());
    assertThat(data.has("resumeState")).isFalse();
    assertThat(story.tasks(request)).isEmpty();
    assertThat(story.stage(request, "review")).isEqualTo("waiting");
  }

  @Test
  void keepsWhatItSendsWithinTheLimit() throws InterruptedException {
    ObjectNode long20k = post();
    ((ObjectNode) long20k.get("parameters")).put("body", "x".repeat(19_990));
    JsonNode large = story.propose("publishing-agent", long20k.put("rationale", "y".repeat(9000)));

    Received message = story.receiver().next();

    assertThat(message.body().length).isLessThanOrEqualTo(20_000);
    JsonNode data = Story.json(new String(message.body(), StandardCharsets.UTF_8)).get("data");
    assertThat(data.get("truncated").asBoolean()).isTrue();
    assertThat(data.has("parameters")).isFalse();
    JsonNode fetched = Story.json(Story.read(service(), large));
    assertThat(fetched.get("parameters")).isEqualTo(large.get("parameters"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pass", "warn"})
  void asksPeopleAfterAdvice(String verdict) {
    HttpResponse<String> answer = says(verdict, "Tone is fine.");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode now = story.now(request);
    assertThat(now.get("status").asText()).isEqualTo("pending");
    assertThat(now.has("decision")).isFalse();
    assertThat(now.at("/stages/0/status").asText()).isEqualTo("decided");
    assertThat(now.at("/stages/0/votes/0/decision").asText()).isEqualTo(verdict);
    assertThat(now.at("/stages/0/votes/0/by").asText()).isEqualTo("content-checker");
    assertThat(now.at("/stages/0/votes/0/reason").asText()).isEqualTo("Tone is fine.");
    assertThat(story.tasks(request)).hasSize(1);
    assertThat(story.recorded(request)).contains("verdict.given");

    JsonNode decided = story.decides("rita", request, "approve");
    assertThat(decided.get("status").asText()).isEqualTo("approved");
    assertThat(decided.at("/decision/decidedBy").toString()).isEqualTo("[\"rita\"]");
    assertThat(decided.at("/decision/grant").asText()).isNotEmpty();
    JsonNode seen = Story.json(Story.read(service(), request));
    assertThat(seen.at("/decision/outcome").asText()).isEqualTo("approved");
    assertThat(seen.at("/decision").has("grant")).as("a reviewer's grant").isFalse();
    assertThat(seen.has("resumeState")).isFalse();
  }

  @Test
  void rejectsAtOnceAtAVeto() {
    assertThat(says("veto", "It names a customer.").statusCode()).isEqualTo(200);

    JsonNode now = story.now(request);
    assertThat(now.get("status").asText()).isEqualTo("rejected");
    assertThat(now.at("/decision/reason").asText()).isEqualTo("It names a customer.");
    assertThat(now.at("/decision/decidedBy").toString()).isEqualTo("[\"content-checker\"]");
    assertThat(now.at("/decision").has("grant")).isFalse();
    assertThat(story.stage(request, "review")).isEqualTo("skipped");
    assertThat(story.tasks(request)).isEmpty();
    assertThat(story.ends(request)).contains("Rejected", "Stage stopped");
  }

  @Test
  void asksPeopleAfterItsSilence() {
    at(Duration.ofMinutes(5).minusMillis(1));
    runDueJobs();
    assertThat(story.tasks(request)).isEmpty();

    at(Duration.ofMinutes(5));
    HttpResponse<String> late = says("veto", "Too late.");
    assertThat(late.statusCode()).as("before the timer has run").isEqualTo(409);
    runDueJobs();

    assertThat(story.stage(request, "pre-check")).isEqualTo("expired");
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
    assertThat(story.tasks(request)).hasSize(1);
    assertThat(says("veto", "Too late.").statusCode()).isEqualTo(409);
    JsonNode shown = Story.json(Story.read(story.application().commandLine("rita"), request));
    assertThat(shown.at("/stages/0/status").asText()).isEqualTo("expired");
    assertThat(story.decides("rita", request, "approve").get("status").asText())
        .isEqualTo("approved");
  }

  @Test
  void takesTheSameVerdictAgainAndNoOther() {
    assertThat(says("warn", "Check the date.").statusCode()).isEqualTo(200);
    assertThat(says("warn", "Check the date.").statusCode()).isEqualTo(200);
    assertThat(says("veto", "On second thoughts.").statusCode()).isEqualTo(409);

    assertThat(story.rows("vote", request)).isOne();
    assertThat(story.tasks(request)).hasSize(1);
  }

  @Test
  void refusesWhatItCannotUse() {
    ObjectNode verdict = verdict("pass", null);
    assertThat(post(service(), verdict.deepCopy().put("verdict", "approve"))).isEqualTo(422);
    assertThat(post(service(), verdict.deepCopy().put("verdict", "veto"))).isEqualTo(422);
    assertThat(post(service(), verdict.deepCopy().put("actionDigest", "x"))).isEqualTo(422);
    assertThat(post(service(), verdict.deepCopy().put("also", "x"))).isEqualTo(422);
    String other = "sha-256:" + "0".repeat(64);
    assertThat(post(service(), verdict.deepCopy().put("actionDigest", other))).isEqualTo(409);
    assertThat(post(service(), verdict.deepCopy().put("stage", "review"))).isEqualTo(404);
    assertThat(story.rows("vote", request)).isZero();
  }

  @Test
  void isShutToEverybodyElse() {
    ObjectNode verdict = verdict("pass", null);
    for (var client : new String[] {"publishing-agent", "billing-agent", "action-executor"}) {
      assertThat(post(story.application().agent(client), verdict)).as(client).isEqualTo(403);
    }
    assertThat(post(story.application().commandLine("rita"), verdict)).isEqualTo(403);
    assertThat(post(story.session("rita"), verdict)).isEqualTo(403);
    assertThat(post(story.application().anybody(), verdict)).isIn(401, 403);
    assertThat(story.rows("vote", request)).isZero();
  }

  @Test
  void keepsTheServiceFromEveryOtherDoor() {
    JsonNode refund = story.proposeRefund("240.00");
    assertThat(Story.read(service(), refund).statusCode()).isEqualTo(404);
    ObjectNode verdict = verdict("pass", null);
    verdict.set("actionDigest", refund.get("actionDigest"));
    assertThat(service().post(Story.path(refund) + VERDICTS, verdict).statusCode()).isEqualTo(404);
    assertThat(service().post(Story.REQUESTS, post(), Map.of("Idempotency-Key", "k")).statusCode())
        .isEqualTo(403);

    assertThat(says("pass", "Fine.").statusCode()).isEqualTo(200);
    ObjectNode approval =
        Proposals.JSON.createObjectNode().put("decision", "approve").put("stage", "review");
    approval.set("actionDigest", request.get("actionDigest"));
    for (String stage : new String[] {"review", "pre-check"}) {
      var answer = service().post(Story.path(request) + "/decisions", approval.put("stage", stage));
      assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
    }
    assertThat(service().get("/engine-rest/task").statusCode()).isEqualTo(403);
    assertThat(story.rows("vote", request)).isOne();
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
  }

  @Test
  void endsWithTheAgentsWithdrawal() {
    var answer = story.says(request, "/withdrawal", Proposals.JSON.createObjectNode());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(story.stage(request, "pre-check")).isEqualTo("withdrawn");
    assertThat(says("pass", "Fine.").statusCode()).isEqualTo(409);
    assertThat(story.ends(request)).contains("Withdrawn", "Stage withdrawn");
  }

  private HttpResponse<String> says(String verdict, String note) {
    return service().post(Story.path(request) + VERDICTS, verdict(verdict, note));
  }

  private int post(Visitor visitor, ObjectNode verdict) {
    return visitor.post(Story.path(request) + VERDICTS, verdict).statusCode();
  }

  private ObjectNode verdict(String verdict, @Nullable String note) {
    ObjectNode body =
        Proposals.JSON
            .createObjectNode()
            .put("stage", "pre-check")
            .put("actionDigest", request.get("actionDigest").asText())
            .put("verdict", verdict);
    return note == null ? body : body.put("note", note);
  }

  private static ObjectNode post() {
    return Proposals.sample("06-live-post");
  }

  private static Visitor service() {
    return story.application().agent("content-checker");
  }

  private static void at(Duration sinceStart) {
    DATABASE.set(START.plus(sinceStart));
    ClockUtil.setCurrentTime(Date.from(START.plus(sinceStart)));
  }

  private static void runDueJobs() {
    var management = story.application().bean(ManagementService.class);
    management
        .createJobQuery()
        .executable()
        .list()
        .forEach(
            job -> {
              if (management.createJobQuery().jobId(job.getId()).count() > 0) {
                management.executeJob(job.getId());
              }
            });
  }
}
