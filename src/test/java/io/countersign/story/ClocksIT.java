package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.delivery.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * What time does to a review. It is moved by hand, for the engine too, and lies in the past: the
 * tokens of people who decide are then always fresh.
 */
class ClocksIT {

  private static final Instant OPENED =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(9));
  private static final Duration LIMIT = Duration.ofHours(8);
  private static final MovableClock DATABASE = new MovableClock();

  private static Story story;

  private JsonNode request;
  private String instance;

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
    DATABASE.set(OPENED);
    story = Story.start(Map.of("camunda.bpm.job-execution.enabled", "false"), Time.class);
  }

  @AfterAll
  static void stop() {
    story.close();
  }

  @BeforeEach
  void open() {
    at(Duration.ZERO);
    ObjectNode urgent = Proposals.refund("240.00", 0.72).put("urgency", "high");
    request = story.propose("billing-agent", urgent);
    instance = story.tasks(request).get(0).getProcessInstanceId();
    assertThat(Instant.parse(request.get("deadline").asText())).isEqualTo(OPENED.plus(LIMIT));
  }

  @AfterEach
  void closeWhatIsOpen() {
    at(LIMIT);
    runDueJobs();
  }

  @Test
  void remindsAfterFiveAndThirtyMinutes() {
    runJobsAt(minutes(5).minusMillis(1));
    assertThat(recorded("stage.reminded")).isZero();
    runJobsAt(minutes(5));
    assertThat(recorded("stage.reminded")).isOne();
    runJobsAt(minutes(30).minusMillis(1));
    assertThat(recorded("stage.reminded")).isOne();
    runJobsAt(minutes(30));
    assertThat(recorded("stage.reminded")).isEqualTo(2);
    assertThat(status()).isEqualTo("pending");
  }

  @Test
  void asksTheNextRoleWithoutTakingTheReviewFromTheFirst() {
    runJobsAt(minutes(59));
    assertThat(seenBy("sam")).isEqualTo(404);

    runJobsAt(minutes(60));

    assertThat(story.now(request).at("/stages/0/escalatedTo"))
        .isEqualTo(Story.json("[\"senior-reviewer\"]"));
    assertThat(seenBy("sam")).isEqualTo(200);
    assertThat(seenBy("rita")).isEqualTo(200);
    assertThat(inTasklistOf("sam")).isOne();
    assertThat(inTasklistOf("rita")).isOne();
    assertThat(seenBy("petra")).as("the turn after").isEqualTo(404);
    assertThat(decide("sam").statusCode()).isEqualTo(200);
    assertThat(status()).isEqualTo("approved");
  }

  @Test
  void letsTheFirstRoleDecideAfterEscalationToo() {
    runJobsAt(minutes(60));
    runJobsAt(minutes(120));
    assertThat(story.now(request).at("/stages/0/escalatedTo")).hasSize(2);

    assertThat(decide("rita").statusCode()).isEqualTo(200);

    assertThat(story.now(request).at("/decision/decidedBy")).isEqualTo(Story.json("[\"rita\"]"));
  }

  @Test
  void fallsBackAtTheDeadlineWithoutGrantAndTellsTheAgent() throws Exception {
    runJobsAt(LIMIT.minusMillis(1));
    assertThat(status()).isEqualTo("pending");

    runJobsAt(LIMIT);

    JsonNode now = story.now(request);
    assertThat(now.get("status").asText()).isEqualTo("expired");
    JsonNode decision = now.get("decision");
    assertThat(decision.get("outcome").asText()).isEqualTo("expired");
    assertThat(decision.get("fallback").asText()).isEqualTo("deny");
    assertThat(decision.get("grantStatus").asText()).isEqualTo("none");
    assertThat(decision.has("grant")).isFalse();
    assertThat(decision.has("parameters")).isFalse();
    assertThat(story.tasks(request)).isEmpty();
    assertThat(story.rows("vote", request)).isZero();
    JsonNode told = toldOfThisRequest();
    assertThat(told.get("type").asText()).isEqualTo("approval.expired");
    assertThat(told.at("/data/decision/fallback").asText()).isEqualTo("deny");
    assertThat(told.at("/data/decision/grantStatus").asText()).isEqualTo("none");
  }

  @Test
  void neverTakesSilenceForApprovalInWhateverOrderTheTimersFire() {
    at(LIMIT);
    List<Job> jobs = jobs();
    assertThat(jobs).hasSize(2);
    Collections.reverse(jobs);
    jobs.forEach(this::runIfThere);
    runDueJobs();

    assertThat(status()).isEqualTo("expired");
    assertThat(story.now(request).at("/decision/grant").isMissingNode()).isTrue();
    assertThat(recorded("request.concluded")).isOne();
  }

  @Test
  void keepsAStageOpenWhoseTimerFiresTooEarlyAndTriesAgain() {
    DATABASE.set(OPENED.plus(LIMIT).minusSeconds(5));
    Job early = deadlineJob();

    assertThatThrownBy(() -> management().executeJob(early.getId()))
        .hasStackTraceContaining("DeadlineNotReached");

    assertThat(status()).isEqualTo("pending");
    assertThat(story.tasks(request)).hasSize(1);
    assertThat(recorded("stage.expired")).isZero();
    Job again = deadlineJob();
    assertThat(again.getRetries()).isPositive();
    assertThat(again.getDuedate()).isAfter(Date.from(OPENED.plus(LIMIT)));
    at(LIMIT.plusSeconds(15));
    runDueJobs();
    assertThat(status()).isEqualTo("expired");
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void takesNoDecisionOnceTheStageHasExpired(Door door) {
    var task = story.task(request);
    runJobsAt(LIMIT);

    var late = door.decide(story, "rita", request, task, approval());

    assertThat(late.statusCode()).as(late.body()).isEqualTo(door.isTheEngines() ? 400 : 409);
    assertThat(status()).isEqualTo("expired");
    assertThat(story.rows("vote", request)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void takesNoDecisionAfterTheDeadlineThoughNoTimerHasFiredYet(Door door) {
    var task = story.task(request);
    assertThat(Door.claim(story.session("rita"), "rita", task).statusCode()).isEqualTo(204);
    at(LIMIT);

    var late = door.decide(story, "rita", request, task, approval());

    assertThat(late.statusCode()).as(late.body()).isEqualTo(door.isTheEngines() ? 400 : 409);
    assertThat(late.body()).contains("deadline");
    assertThat(story.rows("vote", request)).isZero();
    runDueJobs();
    assertThat(status()).isEqualTo("expired");
  }

  private JsonNode toldOfThisRequest() throws Exception {
    while (true) {
      JsonNode told =
          Story.json(new String(story.receiver().next().body(), StandardCharsets.UTF_8));
      if (told.at("/data/requestId").asText().equals(Story.id(request))) {
        return told;
      }
    }
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static void at(Duration sinceOpened) {
    DATABASE.set(OPENED.plus(sinceOpened));
  }

  private void runJobsAt(Duration sinceOpened) {
    at(sinceOpened);
    runDueJobs();
  }

  private void runDueJobs() {
    management()
        .createJobQuery()
        .processInstanceId(instance)
        .executable()
        .orderByJobDuedate()
        .asc()
        .list()
        .forEach(this::runIfThere);
  }

  /** A job before it may have ended the task that this one belonged to. */
  private void runIfThere(Job job) {
    if (management().createJobQuery().jobId(job.getId()).count() > 0) {
      management().executeJob(job.getId());
    }
  }

  private List<Job> jobs() {
    return new java.util.ArrayList<>(
        management().createJobQuery().processInstanceId(instance).orderByJobDuedate().asc().list());
  }

  private Job deadlineJob() {
    return management()
        .createJobQuery()
        .processInstanceId(instance)
        .activityId("BoundaryEvent_DeadlinePassed")
        .singleResult();
  }

  private static ManagementService management() {
    return story.application().bean(ManagementService.class);
  }

  private long recorded(String type) {
    return story.recorded(request).stream().filter(type::equals).count();
  }

  private String status() {
    return story.now(request).get("status").asText();
  }

  private int seenBy(String person) {
    return Story.read(story.application().commandLine(person), request).statusCode();
  }

  private int inTasklistOf(String person) {
    var listed =
        story
            .session(person)
            .get(
                Door.ENGINE
                    + "/task?maxResults=50&processInstanceBusinessKey="
                    + Story.id(request));
    return Story.json(listed).size();
  }

  private java.net.http.HttpResponse<String> decide(String person) {
    return Door.COMMAND_LINE.decide(story, person, request, story.task(request), approval());
  }

  private ObjectNode approval() {
    return Proposals.JSON
        .createObjectNode()
        .put("decision", "approve")
        .put("actionDigest", request.get("actionDigest").asText());
  }
}
