package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Running reviews go on with another version of their model, and nothing of them is lost. */
class MigrationsIT {

  private static final String CHAINS = "/api/v1/chains";
  private static final String ENGINE = "/camunda/api/engine/engine/default";

  private static Story story;
  private static Deployments models;

  @BeforeAll
  static void start() {
    MovedTime.set(MovedTime.START);
    story =
        Story.start(
            Map.of(
                "camunda.bpm.job-execution.enabled",
                "false",
                "countersign.reconcile-every",
                "PT0S"),
            MovedTime.class);
    models = new Deployments(story.application().bean(RepositoryService.class));
    begin();
  }

  @AfterAll
  static void stop() {
    story.close();
  }

  @BeforeEach
  void startOver() {
    MovedTime.set(MovedTime.START);
  }

  /** The version on which the reviews of a test begin. */
  private static int begin() {
    return models.next("approve-refund", UnaryOperator.identity());
  }

  @Test
  void triesOutWithoutChangingAnything() {
    int old = begin();
    JsonNode small = refund("240.00");
    JsonNode large = refund("900.00");
    story.decides("rita", large, "approve");
    int next = models.next("approve-refund", MigrationsIT::concludingElsewhere);
    String before = everything();

    JsonNode report = Story.json(post("dora", "approve-refund", wish(old, next, true)));

    assertThat(everything()).isEqualTo(before);
    assertThat(report.get("possible").asBoolean()).as(report.toString()).isTrue();
    assertThat(report.get("reasons")).isEmpty();
    assertThat(report.get("instances").asInt()).isEqualTo(2);
    assertThat(report.get("remaining").asInt()).isZero();
    assertThat(report.get("waiting"))
        .containsExactly(
            Story.json(
                "{\"element\":\"CallActivity_ApproveSpending\",\"name\":\"Approve spending\","
                    + "\"instances\":1,\"becomes\":\"CallActivity_ApproveSpending\"}"),
            Story.json(
                "{\"element\":\"CallActivity_ReviewRefund\",\"name\":\"Review refund\","
                    + "\"instances\":1,\"becomes\":\"CallActivity_ReviewRefund\"}"));
    assertThat(report.get("unmapped")).isEmpty();
    assertThat(report.at("/called/0/chain").asText()).isEqualTo("review-stage");
    assertThat(report.at("/called/0/instances").asInt()).isEqualTo(2);
    assertThat(report.get("results").findValuesAsText("request"))
        .containsExactly(Story.id(small), Story.id(large));
    assertThat(report.get("results").findValuesAsText("result"))
        .containsExactly("would_move", "would_move");
    assertThat(runsOn(small)).isEqualTo(old);
  }

  @Test
  void movesWhatOnePersonAskedForAndAnotherConfirmed() {
    int old = begin();
    JsonNode request = refund("240.00");
    int next = models.next("approve-refund", MigrationsIT::concludingElsewhere);

    HttpResponse<String> asked = post("otto", "approve-refund", wish(old, next, false));

    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
    assertThat(runsOn(request)).isEqualTo(old);
    assertThat(confirm("otto", asked).statusCode()).as("the same person").isEqualTo(409);
    assertThat(confirm("rita", asked).statusCode()).isEqualTo(403);
    assertThat(runsOn(request)).isEqualTo(old);
    HttpResponse<String> moved = confirm("dora", asked);
    assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
    assertThat(Story.json(moved).get("results").findValuesAsText("result"))
        .containsExactly("moved");
    assertThat(runsOn(request)).isEqualTo(next);
    assertThat(story.recorded(request)).containsOnlyOnce("chain.migrated");
    assertThat(facts(request))
        .contains("\"from\":" + old, "\"to\":" + next, "\"chain\":\"approve-refund\"")
        .contains(Story.json(asked).get("id").asText());

    JsonNode decided = story.decides("rita", request, "approve");

    assertThat(decided.get("status").asText()).isEqualTo("approved");
    assertThat(story.ends(request)).contains("Approved");
    assertThat(passed(request)).contains("ServiceTask_ConcludeRefund");
  }

  @Test
  void movesNothingTwice() {
    int old = begin();
    JsonNode request = refund("240.00");
    int next = models.next("approve-refund", MigrationsIT::concludingElsewhere);
    HttpResponse<String> asked = post("otto", "approve-refund", wish(old, next, false));
    confirm("dora", asked);

    HttpResponse<String> again = confirm("dora", asked);

    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(Story.json(again).get("results")).isEmpty();
    assertThat(story.recorded(request)).containsOnlyOnce("chain.migrated");
  }

  @Test
  void listsChainsWithTheirVersionsAndWhatWasAskedFor() {
    int old = begin();
    refund("240.00");
    int next = models.next("approve-refund", MigrationsIT::concludingElsewhere);
    HttpResponse<String> asked = post("otto", "approve-refund", wish(old, next, false));

    JsonNode versions = versions("axel");

    assertThat(versions.get(0).get("version").asInt()).isEqualTo(next);
    assertThat(versions.get(0).get("instances").asInt()).isZero();
    assertThat(versions.get(1).get("version").asInt()).isEqualTo(old);
    assertThat(versions.get(1).get("instances").asInt()).isOne();
    JsonNode orders =
        Story.json(commandLine("dora").get(CHAINS + "/approve-refund/migrations")).get("items");
    assertThat(orders.get(0).get("id")).isEqualTo(Story.json(asked).get("id"));
    assertThat(orders.get(0).get("reason").asText()).isEqualTo("The old one is too slow.");
    assertThat(orders.get(0).get("askedBy").asText()).isEqualTo("otto");
  }

  private static JsonNode versions(String person) {
    for (JsonNode chain : Story.json(commandLine(person).get(CHAINS)).get("items")) {
      if (chain.get("key").asText().equals("approve-refund")) {
        return chain.get("versions");
      }
    }
    throw new AssertionError("approve-refund is not listed");
  }

  @Test
  void keepsClaimDeadlineAndRemindersOfAStage() {
    begin();
    int oldStage = models.newest("review-stage");
    JsonNode request = refund("240.00");
    String task = story.task(request);
    Visitor rita = story.session("rita");
    rita.post(ENGINE + "/task/" + task + "/claim", Map.of("userId", "rita"));
    MovedTime.pass(story, Duration.ofMinutes(5));
    Map<String, String> due = due(request);
    int nextStage = models.nextReviewStage(UnaryOperator.identity());

    move("review-stage", wish(oldStage, nextStage, false));

    assertThat(due).containsOnlyKeys("BoundaryEvent_DeadlinePassed", "BoundaryEvent_NudgeDue");
    assertThat(due(request)).isEqualTo(due);
    assertThat(story.tasks(request)).hasSize(1);
    assertThat(story.tasks(request).get(0).getId()).isEqualTo(task);
    assertThat(story.tasks(request).get(0).getAssignee()).isEqualTo("rita");
    assertThat(reminders(request)).isOne();
    MovedTime.pass(story, Duration.ofMinutes(24));
    assertThat(reminders(request)).isOne();
    MovedTime.pass(story, Duration.ofMinutes(1));
    assertThat(reminders(request)).isEqualTo(2);
    HttpResponse<String> decided =
        rita.post(ENGINE + "/task/" + task + "/complete", approval(request));
    assertThat(decided.statusCode()).as(decided.body()).isIn(200, 204);
    assertThat(story.now(request).get("status").asText()).isEqualTo("approved");
  }

  @Test
  void letsAMovedStageExpireAtItsDeadline() {
    begin();
    int oldStage = models.newest("review-stage");
    JsonNode request = refund("240.00");
    Duration limit = Duration.between(MovedTime.START, deadline(request));
    int nextStage = models.nextReviewStage(UnaryOperator.identity());
    MovedTime.pass(story, limit.dividedBy(2));
    move("review-stage", wish(oldStage, nextStage, false));

    MovedTime.set(deadline(request));
    MovedTime.pass(story, Duration.ofMillis(-1));
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
    MovedTime.pass(story, Duration.ofMillis(1));

    assertThat(story.now(request).get("status").asText()).isEqualTo("expired");
  }

  @Test
  void namesTheElementThatTheNewVersionLacksAndGoesWhereAPersonSays() {
    int old = begin();
    JsonNode request = refund("240.00");
    int next = models.next("approve-refund", MigrationsIT::checkingInsteadOfReviewing);
    ObjectNode wish = wish(old, next, true);

    JsonNode report = Story.json(post("otto", "approve-refund", wish));

    assertThat(report.get("possible").asBoolean()).isFalse();
    assertThat(report.get("reasons"))
        .containsExactly(
            Story.json(
                "\"CallActivity_ReviewRefund: the new version has no counterpart; name one in"
                    + " mapping (1 instance)\""));
    assertThat(report.get("unmapped"))
        .containsExactly(
            Story.json(
                "{\"element\":\"CallActivity_ReviewRefund\",\"name\":\"Review refund\","
                    + "\"instances\":1}"));
    assertThat(report.at("/results/0/result").asText()).isEqualTo("refused");
    HttpResponse<String> asked = post("otto", "approve-refund", wish.put("dryRun", false));
    assertThat(asked.statusCode()).isEqualTo(409);
    assertThat(asked.body()).contains("CallActivity_ReviewRefund");
    wish.putObject("mapping").put("CallActivity_ReviewRefund", "CallActivity_CheckRefund");

    move("approve-refund", wish);

    assertThat(runsOn(request)).isEqualTo(next);
    assertThat(story.decides("rita", request, "approve").get("status").asText())
        .isEqualTo("approved");
  }

  @Test
  void takesAlongWhatIsInsideOfWhatAPersonNamed() {
    int old = begin();
    JsonNode request = refund("900.00");
    int next =
        models.next("approve-refund", it -> it.replace("SubProcess_Reviews", "SubProcess_Checks"));
    ObjectNode wish = wish(old, next, true);
    assertThat(possible("approve-refund", wish)).as("nothing says where they go").isFalse();
    wish.putObject("mapping").put("SubProcess_Reviews", "SubProcess_Checks");

    move("approve-refund", wish);

    story.decides("rita", request, "approve");
    assertThat(story.decides("fiona", request, "approve").get("status").asText())
        .isEqualTo("approved");
  }

  @Test
  void neverLosesAStageThatIsStillOwed() {
    int old = begin();
    JsonNode small = refund("240.00");
    JsonNode large = refund("900.00");
    JsonNode halfWay = refund("900.00");
    story.decides("rita", halfWay, "approve");
    int next = models.next("approve-refund", MigrationsIT::withoutFinance);
    ObjectNode wish = wish(old, next, true);

    JsonNode report = Story.json(post("otto", "approve-refund", wish));

    assertThat(report.get("possible").asBoolean()).isFalse();
    assertThat(report.get("reasons"))
        .containsExactly(
            Story.json(
                "\"the stage finance is still owed, and the new version does not ask it from there"
                    + " on (1 instance)\""));
    assertThat(report.get("results").findValuesAsText("result"))
        .as("the last is with finance already")
        .containsExactly("would_move", "refused", "would_move");
    assertThat(post("otto", "approve-refund", wish.put("dryRun", false)).statusCode())
        .isEqualTo(409);
    assertThat(runsOn(small)).isEqualTo(old);
    wish.putArray("requests").add(Story.id(small));
    move("approve-refund", wish);
    assertThat(runsOn(small)).isEqualTo(next);
    assertThat(runsOn(large)).isEqualTo(old);
    assertThat(story.decides("rita", small, "approve").get("status").asText())
        .isEqualTo("approved");
  }

  /** What was possible when somebody asked may not be any more when another person confirms. */
  @Test
  void movesNoneIfOneCannotBeMovedWhenItIsConfirmed() {
    int back = models.next("approve-refund", MigrationsIT::withoutFinance);
    int from = models.next("approve-refund", UnaryOperator.identity());
    JsonNode small = refund("240.00");
    HttpResponse<String> asked = post("otto", "approve-refund", wish(from, back, false));
    JsonNode large = refund("900.00");

    HttpResponse<String> answer = confirm("dora", asked);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(answer.body()).contains("no instance was moved: the stage finance is still owed");
    assertThat(runsOn(small)).isEqualTo(from);
    assertThat(runsOn(large)).isEqualTo(from);
    assertThat(story.recorded(small)).doesNotContain("chain.migrated");
    story.decides("rita", large, "approve");
    assertThat(confirm("dora", asked).statusCode()).as("finance is asked by now").isEqualTo(200);
    assertThat(runsOn(small)).isEqualTo(back);
    assertThat(story.decides("fiona", large, "approve").get("status").asText())
        .isEqualTo("approved");
  }

  @Test
  void movesBranchesThatWaitForEachOther() {
    models.next("amend-contract", UnaryOperator.identity());
    int both = models.newest("amend-contract");
    JsonNode request = story.propose("procurement-agent", contract());
    story.decides("fiona", request, "approve");
    int next = models.next("amend-contract", MigrationsIT::concludingElsewhere);

    JsonNode report = move("amend-contract", wish(both, next, false));

    assertThat(report.get("waiting").findValuesAsText("element"))
        .containsExactly("CallActivity_ReviewWording", "Gateway_BothAnswered");
    assertThat(story.decides("leo", request, "approve").get("status").asText())
        .isEqualTo("approved");
    assertThat(passed(request)).contains("ServiceTask_ConcludeRefund");
  }

  @Test
  void letsPeopleDecideWhileTheirRequestsAreMoved() {
    int old = begin();
    List<JsonNode> requests = IntStream.range(0, 12).mapToObj(nr -> refund("240.00")).toList();
    int next = models.next("approve-refund", MigrationsIT::concludingElsewhere);
    HttpResponse<String> asked = post("otto", "approve-refund", wish(old, next, false));
    commandLine("rita");

    CompletableFuture<HttpResponse<String>> moving =
        CompletableFuture.supplyAsync(() -> confirm("dora", asked));
    List<CompletableFuture<HttpResponse<String>>> deciding =
        requests.stream()
            .map(it -> CompletableFuture.supplyAsync(() -> story.decide("rita", it, "approve")))
            .toList();

    assertThat(moving.join().statusCode()).as(moving.join().body()).isEqualTo(200);
    assertThat(deciding).allMatch(it -> it.join().statusCode() == 200);
    assertThat(requests).allMatch(it -> story.now(it).get("status").asText().equals("approved"));
    assertThat(requests)
        .allMatch(it -> story.ends(it).stream().filter("Approved"::equals).count() == 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'from': null} | /from",
        "{'from': '1'} | /from",
        "{'from': 0} | /from",
        "{'from': 4294967297} | /from",
        "{'from': 9999} | /from",
        "{'to': 9999} | /to",
        "{'to': 1.5} | /to",
        "{'dryRun': null} | /dryRun",
        "{'dryRun': 'yes'} | /dryRun",
        "{'dryRun': false, 'reason': null} | /reason",
        "{'reason': ' '} | /reason",
        "{'reason': 7} | /reason",
        "{'mapping': []} | /mapping",
        "{'mapping': {'CallActivity_ReviewRefund': 1}} | /mapping",
        "{'mapping': {'CallActivity_ReviewRefund': '<script>'}} | /mapping",
        "{'mapping': {'CallActivity_Nowhere': 'CallActivity_ReviewRefund'}} | /mapping",
        "{'mapping': {'CallActivity_ReviewRefund': 'CallActivity_Nowhere'}} | /mapping",
        "{'requests': []} | /requests",
        "{'requests': ['apr_x']} | /requests",
        "{'requests': 'all'} | /requests"
      })
  void namesTheFieldThatIsWrong(String change, String field) {
    ObjectNode body = wish(1, 2, true);
    body.setAll((ObjectNode) Story.json(change.replace('\'', '"')));

    HttpResponse<String> answer = post("otto", "approve-refund", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(Story.json(answer).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void refusesWhatIsNoMigration() {
    assertThat(post("otto", "approve-refund", wish(1, 1, true)).statusCode()).isEqualTo(422);
    ObjectNode more = wish(1, 2, true).put("force", true);
    assertThat(post("otto", "approve-refund", more).statusCode()).isEqualTo(422);
    assertThat(post("otto", "approve-nothing", wish(1, 2, true)).statusCode()).isEqualTo(404);
    String migrations = CHAINS + "/approve-refund/migrations";
    Visitor otto = commandLine("otto");
    assertThat(otto.get(CHAINS + "/approve-nothing/migrations").statusCode()).isEqualTo(404);
    assertThat(otto.post(migrations, "{\"from\":1,\"from\":2}").statusCode()).isEqualTo(400);
    assertThat(otto.post(migrations, "[]").statusCode()).isEqualTo(422);
    assertThat(otto.post(migrations, " ".repeat(70_000)).statusCode()).isEqualTo(413);
    assertThat(otto.post(migrations + "/none/confirmation", "{}").statusCode()).isEqualTo(404);
    assertThat(
            otto.post(migrations + "/01890a5d-ac96-774b-bcce-b302099a8057/confirmation", "{}")
                .statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rita", "petra", "mona", "axel"})
  void letsNobodyElseTryOrAsk(String person) {
    assertThat(post(person, "approve-refund", wish(1, 2, true)).statusCode()).isEqualTo(403);
    assertThat(post(person, "approve-refund", wish(1, 2, false)).statusCode()).isEqualTo(403);
  }

  @Test
  void letsDesignersTryButNotAskAndNoServiceAnything() {
    assertThat(post("dora", "approve-refund", wish(1, 2, false)).statusCode()).isEqualTo(403);
    String path = CHAINS + "/approve-refund/migrations";
    ObjectNode body = wish(1, 2, true);
    assertThat(story.application().anybody().post(path, body).statusCode()).isEqualTo(401);
    assertThat(story.application().agent("billing-agent").post(path, body).statusCode())
        .isEqualTo(403);
    assertThat(commandLine("rita").get(CHAINS).statusCode()).isEqualTo(403);
    assertThat(commandLine("rita").send("HEAD", CHAINS, Map.of(), "").statusCode()).isEqualTo(403);
    Visitor otto = story.session("otto");
    assertThat(otto.post(path, body, Map.of("X-COUNTERSIGN-XSRF", "")).statusCode()).isEqualTo(403);
    assertThat(otto.post(path, body).statusCode()).isEqualTo(200);
  }

  @Test
  void forgetsAnOrderAfterADay() {
    int old = begin();
    JsonNode request = refund("240.00");
    int next = models.next("approve-refund", MigrationsIT::concludingElsewhere);
    HttpResponse<String> asked = post("otto", "approve-refund", wish(old, next, false));

    MovedTime.set(MovedTime.START.plus(Duration.ofDays(1)));

    assertThat(confirm("dora", asked).statusCode()).isEqualTo(409);
    assertThat(runsOn(request)).isEqualTo(old);
  }

  /** The same element under another id: the outcome shows which version it came from. */
  private static String concludingElsewhere(String model) {
    return model.replace("ServiceTask_ConcludeRequest", "ServiceTask_ConcludeRefund");
  }

  private static String checkingInsteadOfReviewing(String model) {
    return model.replace("CallActivity_ReviewRefund", "CallActivity_CheckRefund");
  }

  private static String withoutFinance(String model) {
    return model.replace("sourceExpression=\"finance\"", "sourceExpression=\"legal\"");
  }

  private static JsonNode refund(String amount) {
    ObjectNode body = Proposals.refund(amount, 0.72).put("urgency", "high");
    return story.propose("billing-agent", body);
  }

  private static ObjectNode contract() {
    return Proposals.sample("05-contract-amendment");
  }

  private static ObjectNode wish(int from, int to, boolean dryRun) {
    ObjectNode body = Proposals.JSON.createObjectNode().put("from", from).put("to", to);
    return body.put("dryRun", dryRun).put("reason", "The old one is too slow.");
  }

  private static HttpResponse<String> post(String person, String chain, ObjectNode wish) {
    return commandLine(person).post(CHAINS + "/" + chain + "/migrations", wish);
  }

  private static HttpResponse<String> confirm(String person, HttpResponse<String> asked) {
    JsonNode order = Story.json(asked);
    assertThat(order.has("id")).as(asked.body()).isTrue();
    return commandLine(person)
        .post(
            CHAINS
                + "/"
                + order.get("chain").asText()
                + "/migrations/"
                + order.get("id").asText()
                + "/confirmation",
            Map.of());
  }

  private static boolean possible(String chain, ObjectNode wish) {
    return Story.json(post("otto", chain, wish)).get("possible").asBoolean();
  }

  /** Tried out, asked for and confirmed. */
  private static JsonNode move(String chain, ObjectNode wish) {
    HttpResponse<String> tried = post("dora", chain, wish.put("dryRun", true));
    assertThat(Story.json(tried).path("possible").asBoolean()).as(tried.body()).isTrue();
    HttpResponse<String> asked = post("otto", chain, wish.put("dryRun", false));
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
    HttpResponse<String> moved = confirm("dora", asked);
    assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
    return Story.json(moved);
  }

  private static Visitor commandLine(String person) {
    return story.application().commandLine(person);
  }

  private static Map<String, Object> approval(JsonNode request) {
    return Map.of(
        "variables",
        Map.of(
            "decision", Map.of("value", "approve", "type", "String"),
            "reason", Map.of("value", "It fits the policy.", "type", "String"),
            "actionDigest",
                Map.of("value", request.get("actionDigest").asText(), "type", "String")));
  }

  private static Instant deadline(JsonNode request) {
    return Instant.parse(request.get("deadline").asText());
  }

  private static long reminders(JsonNode request) {
    return story.recorded(request).stream().filter("stage.reminded"::equals).count();
  }

  /** The version on which the chain of a request runs. */
  private static int runsOn(JsonNode request) {
    var chain =
        story
            .application()
            .bean(RuntimeService.class)
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(Story.id(request))
            .rootProcessInstances()
            .singleResult();
    return story
        .application()
        .bean(RepositoryService.class)
        .getProcessDefinition(chain.getProcessDefinitionId())
        .getVersion();
  }

  /** The elements that the instances of a request have passed. */
  private static List<String> passed(JsonNode request) {
    HistoryService history = story.application().bean(HistoryService.class);
    return history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(Story.id(request))
        .list()
        .stream()
        .flatMap(
            it ->
                history
                    .createHistoricActivityInstanceQuery()
                    .processInstanceId(it.getId())
                    .list()
                    .stream())
        .map(it -> it.getActivityId())
        .toList();
  }

  /** When the timers of the one open stage are due, with their ids. */
  private static Map<String, String> due(JsonNode request) {
    ManagementService jobs = story.application().bean(ManagementService.class);
    return jobs
        .createJobQuery()
        .processInstanceId(story.tasks(request).get(0).getProcessInstanceId())
        .list()
        .stream()
        .collect(
            Collectors.toMap(
                MigrationsIT::handler, job -> job.getId() + " " + job.getDuedate().getTime()));
  }

  private static String handler(Job job) {
    return sql(
        "select split_part(handler_cfg_, '$', 1) from act_ru_job where id_ = ?", job.getId());
  }

  private static String facts(JsonNode request) {
    return sql(
        "select facts::text from audit_entry where type = 'chain.migrated'"
            + " and request_id = ?::uuid",
        Story.id(request).substring(4));
  }

  /** A digest of every row of the engine and of ours. */
  private static String everything() {
    StringBuilder all = new StringBuilder();
    for (String table :
        List.of(
            "act_ru_execution",
            "act_ru_job",
            "act_ru_task",
            "act_ru_variable",
            "act_ru_event_subscr",
            "act_ru_identitylink",
            "act_hi_procinst",
            "act_hi_actinst",
            "act_hi_taskinst",
            "approval_request",
            "stage",
            "audit_entry",
            "chain_migration")) {
      all.append(
          sql(
              "select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from "
                  + table
                  + " t where ? = 1",
              1));
    }
    return all.toString();
  }

  private static String sql(String query, Object parameter) {
    return JdbcClient.create(story.application().bean(DataSource.class))
        .sql(query)
        .param(parameter)
        .query(String.class)
        .single();
  }
}
