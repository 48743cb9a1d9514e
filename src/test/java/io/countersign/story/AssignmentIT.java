package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.delivery.MovableClock;
import io.countersign.testing.RealmAdmin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Refunds are given to the least loaded reviewer here; all other actions wait for their role. */
class AssignmentIT {

  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(40));
  private static final MovableClock DATABASE = new MovableClock();
  private static final String ABSENCE = "/api/v1/me/absence";

  private static final RealmAdmin REALM = RealmAdmin.shared();
  private static Story story;

  private final List<JsonNode> proposed = new ArrayList<>();

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
  static void start() throws IOException {
    DATABASE.set(START);
    story =
        Story.start(
            Map.of(
                "camunda.bpm.job-execution.enabled",
                "false",
                "countersign.policy",
                policy().toString()),
            Time.class);
  }

  private static Path policy() throws IOException {
    Path folder = Files.createTempDirectory("countersign-policy");
    for (String file :
        List.of("actions.yaml", "route-action.dmn", "plan-stages.dmn", "choose-channels.dmn")) {
      String text = Files.readString(Path.of("processes", file));
      Files.writeString(
          folder.resolve(file),
          text.replaceFirst(
              "(  process_refund:\n)",
              "$1    assignment: least_loaded\n    expertise: [payments]\n"));
    }
    return folder;
  }

  @AfterAll
  static void stop() {
    ClockUtil.reset();
    story.close();
  }

  /** What Keycloak said before is forgotten. */
  @BeforeEach
  void later() {
    pass(Duration.ofMinutes(2));
  }

  @AfterEach
  void closeWhatIsOpenAndComeBack() {
    for (String person : List.of("rita", "raj", "sam", "petra")) {
      assertThat(absence(person, "DELETE", "").statusCode()).isEqualTo(204);
    }
    pass(Duration.ofDays(2));
    proposed.forEach(AssignmentIT::runDueJobs);
  }

  @Test
  void givesEachReviewToTheLeastLoadedAndShowsItOnlyAsTheirs() {
    List<JsonNode> all = IntStream.range(0, 6).mapToObj(i -> refund()).toList();

    Map<String, Long> held =
        all.stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    AssignmentIT::assignee, java.util.stream.Collectors.counting()));
    assertThat(held).isEqualTo(Map.of("rita", 3L, "raj", 3L));
    JsonNode first = all.get(0);
    Task task = story.tasks(first).get(0);
    assertThat(task.getAssignee()).isEqualTo(assignee(first));
    assertThat(facts(first, "stage.assigned"))
        .singleElement()
        .satisfies(
            facts -> {
              assertThat(facts.get("person").asText()).isEqualTo(REALM.subject(assignee(first)));
              assertThat(facts.get("rules"))
                  .isEqualTo(Story.json("[\"expertise_missing\",\"least_loaded\"]"));
              assertThat(facts.toString()).doesNotContain("rita", "raj");
            });

    String other = assignee(first).equals("rita") ? "raj" : "rita";
    assertThat(decide(other, first).statusCode()).isEqualTo(409);
    assertThat(decide(assignee(first), first).statusCode()).isEqualTo(200);
    assertThat(story.now(first).get("status").asText()).isEqualTo("approved");
  }

  @Test
  void letsWhoGotAReviewGiveItBackToTheRole() {
    JsonNode request = refund();
    String holder = assignee(request);
    String other = holder.equals("rita") ? "raj" : "rita";
    String task = story.task(request);

    HttpResponse<String> released =
        story
            .session(holder)
            .post(Door.ENGINE + "/task/" + task + "/unclaim", Proposals.JSON.createObjectNode());

    assertThat(released.statusCode()).as(released.body()).isEqualTo(204);
    assertThat(assignee(request)).isEmpty();
    assertThat(Door.claim(story.session(other), other, task).statusCode()).isEqualTo(204);
    assertThat(decide(other, request).statusCode()).isEqualTo(200);
  }

  @Test
  void asksExpertsFirst() {
    String subject = REALM.addPerson("paula", Map.of("expertise", List.of("payments")));
    try {
      REALM.join(subject, REALM.group("reviewer"));
      later();
      List<JsonNode> all = IntStream.range(0, 3).mapToObj(i -> refund()).toList();

      assertThat(all).allSatisfy(one -> assertThat(assignee(one)).isEqualTo("paula"));
    } finally {
      REALM.remove(subject);
    }
  }

  @Test
  void takesReviewsOfWhoGoesAwayToTheirBackupAndGivesThemNoMore() {
    List<JsonNode> before = IntStream.range(0, 4).mapToObj(i -> refund()).toList();
    assertThat(before).anySatisfy(one -> assertThat(assignee(one)).isEqualTo("rita"));

    away("rita", "raj", Duration.ZERO);

    assertThat(before).allSatisfy(one -> assertThat(assignee(one)).isEqualTo("raj"));
    assertThat(before)
        .allSatisfy(one -> assertThat(story.tasks(one).get(0).getAssignee()).isEqualTo("raj"));
    assertThat(assignee(refund())).isEqualTo("raj");
    assertThat(decide("raj", before.get(0)).statusCode()).isEqualTo(200);
  }

  @Test
  void takesReviewsAwayAtTheNextNudgeWhenAnAbsenceBeginsLater() {
    List<JsonNode> all = IntStream.range(0, 2).mapToObj(i -> refund()).toList();
    JsonNode ritas =
        all.stream().filter(one -> assignee(one).equals("rita")).findFirst().orElseThrow();
    away("rita", "raj", Duration.ofMinutes(3));
    assertThat(assignee(ritas)).isEqualTo("rita");

    pass(Duration.ofMinutes(5));
    runDueJobs(ritas);

    assertThat(assignee(ritas)).isEqualTo("raj");
    assertThat(story.tasks(ritas).get(0).getAssignee()).isEqualTo("raj");
  }

  @Test
  void returnsWhatSomebodyClaimedInAQueueToTheRoleWhenTheyGoAway() {
    JsonNode post = proposed(story.propose("publishing-agent", Proposals.sample("06-live-post")));
    String task = story.task(post);
    assertThat(assignee(post)).isEmpty();
    assertThat(Door.claim(story.session("rita"), "rita", task).statusCode()).isEqualTo(204);

    away("rita", "raj", Duration.ZERO);

    assertThat(assignee(post)).isEmpty();
    assertThat(story.tasks(post).get(0).getAssignee()).isNull();
    assertThat(facts(post, "stage.returned"))
        .singleElement()
        .satisfies(it -> assertThat(it.get("because").asText()).isEqualTo("holder_away"));
    assertThat(Door.claim(story.session("raj"), "raj", task).statusCode()).isEqualTo(204);
  }

  @Test
  void asksTheNextRoleAtOnceWhenEverybodyIsAway() {
    away("rita", "raj", Duration.ZERO);
    away("raj", "rita", Duration.ZERO);

    JsonNode request = refund();

    assertThat(assignee(request)).isEqualTo("sam");
    assertThat(story.now(request).at("/stages/0/escalatedTo"))
        .isEqualTo(Story.json("[\"senior-reviewer\"]"));
    assertThat(decide("sam", request).statusCode()).isEqualTo(200);
  }

  @Test
  void asksFurtherAlsoWhereReviewsWaitInTheQueueOfARole() {
    away("rita", "raj", Duration.ZERO);
    away("raj", "rita", Duration.ZERO);

    JsonNode post = proposed(story.propose("publishing-agent", Proposals.sample("06-live-post")));

    assertThat(assignee(post)).isEmpty();
    assertThat(story.now(post).at("/stages/1/escalatedTo/0").asText()).isEqualTo("senior-reviewer");
    assertThat(
            story
                .session("sam")
                .get(
                    Door.ENGINE
                        + "/task?maxResults=50&processInstanceBusinessKey="
                        + Story.id(post))
                .body())
        .contains(story.task(post));
  }

  @Test
  void asksFurtherWhenTheLastOneOfARoleGoesAwayWhileAReviewWaits() {
    away("raj", "rita", Duration.ZERO);
    JsonNode request = refund();
    assertThat(assignee(request)).isEqualTo("rita");

    away("rita", "raj", Duration.ZERO);

    assertThat(assignee(request)).isEqualTo("sam");
    assertThat(story.tasks(request).get(0).getAssignee()).isEqualTo("sam");
    assertThat(decide("sam", request).statusCode()).isEqualTo(200);
  }

  @Test
  void alertsOperatorsWhenNobodyIsThereAndStillEndsAtTheDeadline() {
    for (String person : List.of("rita", "raj", "sam", "petra")) {
      away(person, null, Duration.ZERO);
    }

    JsonNode request = refund();

    assertThat(assignee(request)).isEmpty();
    assertThat(story.now(request).at("/stages/0/escalatedTo")).hasSize(2);
    assertThat(facts(request, "stage.nobody_available")).hasSize(1);
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
    DATABASE.set(Instant.parse(request.get("deadline").asText()));
    runDueJobs(request);
    assertThat(story.now(request).get("status").asText()).isEqualTo("expired");
  }

  @Test
  void returnsTheReviewOfWhoStaysSilentAndAsksTheNextRole() {
    JsonNode request = refund();
    assertThat(assignee(request)).isIn("rita", "raj");

    pass(Duration.ofMinutes(59));
    runDueJobs(request);
    assertThat(assignee(request)).isIn("rita", "raj");
    pass(Duration.ofMinutes(1));
    runDueJobs(request);

    assertThat(assignee(request)).isEmpty();
    assertThat(story.tasks(request).get(0).getAssignee()).isNull();
    assertThat(story.now(request).at("/stages/0/escalatedTo"))
        .isEqualTo(Story.json("[\"senior-reviewer\"]"));
    assertThat(decide("sam", request).statusCode()).isEqualTo(200);
  }

  @Test
  void returnsTheReviewOfWhoStaysSilentAlsoWhereNoRoleIsLeftToAsk() {
    for (String person : List.of("rita", "raj", "sam")) {
      away(person, null, Duration.ZERO);
    }
    JsonNode request = refund();
    assertThat(assignee(request)).isEqualTo("petra");

    pass(Duration.ofMinutes(60));
    runDueJobs(request);

    assertThat(assignee(request)).isEmpty();
    assertThat(story.tasks(request).get(0).getAssignee()).isNull();
    assertThat(facts(request, "stage.returned"))
        .singleElement()
        .satisfies(it -> assertThat(it.get("because").asText()).isEqualTo("holder_silent"));
  }

  @Test
  void neverAsksTheOwnerAlsoUnderANewName() {
    String mona = REALM.subject("mona");
    REALM.grant(mona, "reviewer");
    try {
      later();
      JsonNode before = refund();
      assertThat(IntStream.range(0, 4).mapToObj(i -> assignee(refund())))
          .isSubsetOf(Set.of("rita", "raj"));
      REALM.rename(mona, "monique");
      REALM.setPassword(mona, "monique");
      later();

      assertThat(IntStream.range(0, 4).mapToObj(i -> assignee(refund())))
          .isSubsetOf(Set.of("rita", "raj"));
      for (JsonNode request : List.of(unheld(before), unheld(refund()))) {
        HttpResponse<String> own = decide("monique", request);
        assertThat(own.statusCode()).as(own.body()).isEqualTo(403);
        assertThat(own.body()).contains("You answer for this agent");
      }
      namesakeMayDecide(before);
    } finally {
      REALM.rename(mona, "mona");
      REALM.setPassword(mona, "mona");
      REALM.revoke(mona, "reviewer");
    }
  }

  /** Somebody new who got the name that became free has nothing to do with what came before. */
  private void namesakeMayDecide(JsonNode request) {
    String namesake = REALM.addPerson("mona", Map.of());
    try {
      REALM.grant(namesake, "reviewer");
      assertThat(decide("mona", request).statusCode()).isEqualTo(200);
    } finally {
      REALM.remove(namesake);
    }
  }

  private JsonNode refund() {
    return proposed(story.proposeRefund("240.00"));
  }

  private JsonNode proposed(JsonNode request) {
    proposed.add(request);
    return request;
  }

  /** Released, so that nothing but the rule keeps somebody from deciding. */
  private static JsonNode unheld(JsonNode request) {
    String holder = assignee(request);
    if (!holder.isEmpty()) {
      var released =
          story
              .session(holder)
              .post(
                  Door.ENGINE + "/task/" + story.task(request) + "/unclaim",
                  Proposals.JSON.createObjectNode());
      assertThat(released.statusCode()).as(released.body()).isEqualTo(204);
    }
    return request;
  }

  private static String assignee(JsonNode request) {
    return story.now(request).at("/stages/0/assignee").asText();
  }

  private static void away(String person, @Nullable String backup, Duration in) {
    ObjectNode body =
        Proposals.JSON
            .createObjectNode()
            .put("from", DATABASE.instant().plus(in).toString())
            .put("to", DATABASE.instant().plus(Duration.ofDays(1)).toString())
            .put("backup", backup);
    HttpResponse<String> answer = absence(person, "PUT", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static HttpResponse<String> absence(String person, String method, String body) {
    return story.application().commandLine(person).send(method, ABSENCE, Map.of(), body);
  }

  private static HttpResponse<String> decide(String person, JsonNode request) {
    ObjectNode approval =
        Proposals.JSON
            .createObjectNode()
            .put("decision", "approve")
            .put("actionDigest", request.get("actionDigest").asText());
    return story
        .application()
        .commandLine(person)
        .post(Story.path(request) + "/decisions", approval);
  }

  private static List<JsonNode> facts(JsonNode request, String type) {
    return JdbcClient.create(story.application().bean(DataSource.class))
        .sql("select facts from audit_entry where request_id = ? and type = ? order by seq")
        .params(io.countersign.shared.RequestId.of(Story.id(request)).uuid(), type)
        .query(String.class)
        .list()
        .stream()
        .map(Story::json)
        .toList();
  }

  private static void pass(Duration time) {
    DATABASE.advance(time);
    ClockUtil.setCurrentTime(Date.from(DATABASE.instant()));
  }

  private static void runDueJobs(JsonNode request) {
    ManagementService management = story.application().bean(ManagementService.class);
    ClockUtil.setCurrentTime(Date.from(DATABASE.instant()));
    story.tasks(request).stream()
        .map(Task::getProcessInstanceId)
        .distinct()
        .flatMap(
            instance ->
                management
                    .createJobQuery()
                    .processInstanceId(instance)
                    .executable()
                    .orderByJobDuedate()
                    .asc()
                    .list()
                    .stream())
        .map(Job::getId)
        .filter(job -> management.createJobQuery().jobId(job).count() > 0)
        .forEach(management::executeJob);
  }
}
