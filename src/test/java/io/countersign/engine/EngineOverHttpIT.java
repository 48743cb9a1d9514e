package io.countersign.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.testing.RunningApplication;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine as a signed-in person reaches it: through the interface behind Tasklist. */
class EngineOverHttpIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENGINE = "/camunda/api/engine/engine/default";
  private static final String LISTS = "/filter?resourceType=Task&firstResult=0&maxResults=2000";
  private static final String HOSTILE = "${queryExpressionProbe.evaluated()}";

  private static RunningApplication application;
  private static Visitor rita;
  private static Visitor raj;
  private static Visitor fiona;
  private static Visitor otto;

  private String request;
  private String task;

  @BeforeAll
  static void start() {
    application = RunningApplication.shared();
    rita = application.signIn("rita");
    raj = application.signIn("raj");
    fiona = application.signIn("fiona");
    otto = application.signIn("otto");
  }

  @BeforeEach
  void propose() throws Exception {
    var sample = JSON.readTree(Path.of("src/main/demo/01-refund-240.json").toFile());
    var answer =
        application
            .agent("billing-agent")
            .post(
                "/api/v1/approval-requests",
                sample.get("request"),
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    request = answer.body();
    task = newest(tasks(rita));
  }

  private static JsonNode tasks(Visitor visitor) throws Exception {
    var answer =
        visitor.post(
            ENGINE + "/task?maxResults=50",
            Map.of("sorting", List.of(Map.of("sortBy", "created", "sortOrder", "desc"))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String newest(JsonNode tasks) {
    assertThat(tasks.size()).isPositive();
    return tasks.get(0).get("id").asText();
  }

  private Map<String, Object> decision(String decision) throws Exception {
    var digest = JSON.readTree(request).get("actionDigest").asText();
    return Map.of(
        "variables",
        Map.of(
            "decision", Map.of("value", decision, "type", "String"),
            "reason", Map.of("value", "It fits the policy.", "type", "String"),
            "actionDigest", Map.of("value", digest, "type", "String")));
  }

  private HttpResponse<String> claim(Visitor visitor, String user) {
    return visitor.post(ENGINE + "/task/" + task + "/claim", Map.of("userId", user));
  }

  private HttpResponse<String> complete(Visitor visitor, Map<String, Object> body) {
    return visitor.post(ENGINE + "/task/" + task + "/complete", body);
  }

  @Test
  void showsATaskToItsRoleOnly() throws Exception {
    assertThat(tasks(fiona)).noneMatch(it -> it.get("id").asText().equals(task));
    assertThat(tasks(raj)).anyMatch(it -> it.get("id").asText().equals(task));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/task/{task}",
        "/task/{task}/form",
        "/task/{task}/deployed-form",
        "/task/{task}/comment",
        "/task/{task}/identity-links",
        "/task/{task}/variables?deserializeValues=false",
        "/task/{task}/form-variables?deserializeValues=false",
        "/user/rita/profile",
        "/filter?resourceType=Task&itemCount=true&firstResult=0&maxResults=2000",
        "/task/count",
        "/authorization/check?permissionName=CREATE&permissionValue=4&resourceName=filter&resourceType=5",
        "/process-definition?startableInTasklist=true&maxResults=15",
      })
  void letsTasklistReadWhatItShows(String path) {
    var answer = rita.get(ENGINE + path.replace("{task}", task));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void offersTheFourListsWithTheirCounts() throws Exception {
    var lists = JSON.readTree(rita.get(ENGINE + LISTS).body());
    assertThat(lists)
        .extracting(list -> list.get("name").asText())
        .containsExactlyInAnyOrder("My roles", "Mine", "Overdue", "High consequence");
    for (var list : lists) {
      var found = rita.get(ENGINE + "/filter/" + list.get("id").asText() + "/count");
      assertThat(found.statusCode()).as(list.get("name") + found.body()).isEqualTo(200);
      if (list.get("name").asText().equals("My roles")) {
        assertThat(JSON.readTree(found.body()).get("count").asInt()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST   | /task                     | {'orQueries':[{'assigneeExpression':'%s'}]}",
        "POST   | /task/count               | {'orQueries':[{'assigneeExpression':'%s'}]}",
        "POST   | /task?maxResults=5        | {'orQueries':[{'dueBeforeExpression':'%s'}]}",
        "POST   | /task?maxResults=5        | {'assigneeExpression':'%s'}",
        "POST   | /filter/{filter}/list     | {'orQueries':[{'assigneeExpression':'%s'}]}",
        "POST   | /filter/{filter}/count    | {'orQueries':[{'candidateGroupExpression':'%s'}]}",
        "POST   | /filter/{filter}/list     | {'assigneeExpression':'%s'}",
      })
  void evaluatesNoExpressionOfAPerson(String method, String path, String body) throws Exception {
    var probe = application.bean(QueryExpressionProbe.class);
    var filter = JSON.readTree(rita.get(ENGINE + LISTS).body()).get(0);
    var hostile = body.replace('\'', '"').formatted(HOSTILE);
    var target = ENGINE + path.replace("{filter}", filter.get("id").asText());
    var before = probe.evaluations();

    var answer =
        rita.send(
            method,
            ENGINE + path.replace("{filter}", filter.get("id").asText()),
            Map.of(),
            hostile);

    assertThat(probe.evaluations()).isEqualTo(before);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    var nobody = application.anybody().send(method, target, Map.of(), hostile);
    assertThat(nobody.statusCode()).isIn(400, 401, 403);
    assertThat(probe.evaluations()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST   | /task/{task}/variables                | {'modifications':{'amount':{'value':1}}}",
        "PUT    | /task/{task}/variables/amount         | {'value':999,'type':'Integer'}",
        "DELETE | /task/{task}/variables/amount         | {}",
        "PUT    | /task/{task}/localVariables/amount    | {'value':999,'type':'Integer'}",
        "POST   | /task/{task}/assignee                 | {'userId':'raj'}",
        "POST   | /task/{task}/delegate                 | {'userId':'raj'}",
        "POST   | /task/{task}/resolve                  | {'variables':{}}",
        "POST   | /task/{task}/bpmnError                | {'errorCode':'x'}",
        "POST   | /task/{task}/bpmnEscalation           | {'escalationCode':'x'}",
        "POST   | /task/{task}/identity-links           | {'userId':'raj','type':'candidate'}",
        "PUT    | /task/{task}                          | {'name':'other','priority':1}",
        "DELETE | /task/{task}                          | {}",
        "POST   | /task/create                          | {'name':'mine'}",
        "POST   | /filter/create                        | {'resourceType':'Task','name':'x','query':{}}",
        "POST   | /message                              | {'messageName':'x'}",
        "POST   | /signal                               | {'name':'x'}",
        "POST   | /process-definition/key/approve-action/start | {}",
        "PUT    | /execution/{instance}/localVariables/amount  | {'value':1,'type':'Integer'}",
        "PUT    | /process-instance/{instance}/variables/amount | {'value':1,'type':'Integer'}",
        "POST   | /process-instance/{instance}/modification     | {'instructions':[{'type':'cancel','activityId':'UserTask_ReviewAction'}]}",
        "POST   | /migration/generate                   | {'sourceProcessDefinitionId':'{definition}','targetProcessDefinitionId':'{definition}'}",
        "POST   | /migration/execute                    | {'migrationPlan':{'sourceProcessDefinitionId':'{definition}','targetProcessDefinitionId':'{definition}','instructions':[]},'processInstanceIds':['{instance}']}",
        "POST   | /migration/executeAsync               | {'migrationPlan':{'sourceProcessDefinitionId':'{definition}','targetProcessDefinitionId':'{definition}','instructions':[]},'processInstanceIds':['{instance}']}",
        "PUT    | /process-instance/{instance}/suspended        | {'suspended':true}",
        "DELETE | /process-instance/{instance}          | {}",
        "POST   | /process-instance/delete              | {'processInstanceIds':['{instance}']}",
        "POST   | /authorization/create                 | {'type':1,'permissions':['ALL'],'userId':'rita','resourceType':5,'resourceId':'*'}",
        "POST   | /user/create                          | {'profile':{'id':'m'},'credentials':{'password':'m'}}",
      })
  void keepsEverybodyFromMovingTheEngine(String method, String path, String body) throws Exception {
    var instance = tasks(rita).get(0).get("processInstanceId").asText();
    for (var visitor : List.of(rita, otto)) {
      var answer =
          visitor.send(
              method,
              ENGINE + fill(path, instance),
              Map.of(),
              fill(body.replace('\'', '"'), instance));
      assertThat(answer.statusCode()).as(answer.body()).isIn(403, 404);
    }
    assertThat(tasks(rita)).anyMatch(it -> it.get("id").asText().equals(task));
  }

  private String fill(String text, String instance) {
    var definition =
        application
            .bean(TaskService.class)
            .createTaskQuery()
            .taskId(task)
            .singleResult()
            .getProcessDefinitionId();
    return text.replace("{task}", task)
        .replace("{instance}", instance)
        .replace("{definition}", definition);
  }

  /**
   * Our own code does it by {@link InstanceMoves} alone, which whoever calls it has to answer for.
   */
  @Test
  void keepsEvenOurOwnCodeFromMovingTokensByTheEnginesServices() throws Exception {
    var runtime = application.bean(RuntimeService.class);
    var instance = tasks(rita).get(0).get("processInstanceId").asText();
    var definition = fill("{definition}", instance);
    var plan = runtime.createMigrationPlan(definition, definition).mapEqualActivities().build();
    var migration = runtime.newMigration(plan).processInstanceIds(instance);
    var modification =
        runtime
            .createProcessInstanceModification(instance)
            .cancelAllForActivity("UserTask_ReviewAction");

    assertThatThrownBy(migration::execute).isInstanceOf(AuthorizationException.class);
    assertThatThrownBy(migration::executeAsync).isInstanceOf(AuthorizationException.class);
    assertThatThrownBy(modification::execute).isInstanceOf(AuthorizationException.class);
    assertThatThrownBy(modification::executeAsync).isInstanceOf(AuthorizationException.class);
    assertThat(tasks(rita)).anyMatch(it -> it.get("id").asText().equals(task));
  }

  @Test
  void letsAPersonClaimForThemselvesOnlyAndGiveBackTheirOwn() {
    assertThat(claim(rita, "raj").statusCode()).isEqualTo(403);
    assertThat(claim(fiona, "fiona").statusCode()).isEqualTo(403);
    assertThat(claim(otto, "otto").statusCode()).isEqualTo(403);
    assertThat(claim(rita, "rita").statusCode()).isEqualTo(204);
    assertThat(claim(raj, "raj").statusCode()).isEqualTo(400);
    var unclaim = ENGINE + "/task/" + task + "/unclaim";
    assertThat(raj.post(unclaim, "{}").statusCode()).isEqualTo(403);
    assertThat(rita.post(unclaim, "{}").statusCode()).isEqualTo(204);
    assertThat(claim(raj, "raj").statusCode()).isEqualTo(204);
  }

  @Test
  void refusesADecisionByWhoHasNotClaimed() throws Exception {
    assertThat(complete(rita, decision("approve")).statusCode()).isEqualTo(403);
    assertThat(claim(raj, "raj").statusCode()).isEqualTo(204);
    assertThat(complete(rita, decision("approve")).statusCode()).isIn(400, 403);
    assertThat(complete(otto, decision("approve")).statusCode()).isEqualTo(403);
    assertThat(complete(fiona, decision("approve")).statusCode()).isEqualTo(403);
  }

  @Test
  void refusesVariablesThatNobodyAskedForAndNamesThem() throws Exception {
    assertThat(claim(rita, "rita").statusCode()).isEqualTo(204);
    var foreign = Map.<String, Object>of("variables", Map.of("amount", Map.of("value", 999)));
    var answer = complete(rita, foreign);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("amount");
    var number = Map.<String, Object>of("variables", Map.of("decision", Map.of("value", 1)));
    var typed = complete(rita, number);
    assertThat(typed.statusCode()).isEqualTo(400);
    assertThat(typed.body()).contains("decision");
  }

  @Test
  void recordsADecisionOnceAndWritesNoVariable() throws Exception {
    assertThat(claim(rita, "rita").statusCode()).isEqualTo(204);
    var approved = complete(rita, decision("approve"));
    assertThat(approved.statusCode()).as(approved.body()).isIn(200, 204);
    var again = complete(rita, decision("approve"));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(400);
    assertThat(again.body()).contains("closed already");
    try (var connection = application.database().asApp();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from act_ru_variable where name_ in"
                    + " ('decision', 'reason', 'actionDigest', 'parameters')")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isZero();
    }
  }

  /** The losers of a race may lose in any of the engine's ways, but never by a server error. */
  @Test
  void letsOneOfManySimultaneousDecisionsWin() throws Exception {
    assertThat(claim(rita, "rita").statusCode()).isEqualTo(204);
    var approval = decision("approve");
    var attempts =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> complete(rita, approval)))
            .limit(8)
            .toList();
    var statuses = attempts.stream().map(it -> it.join().statusCode()).sorted().toList();
    assertThat(statuses.get(0)).isIn(200, 204);
    assertThat(statuses.subList(1, statuses.size())).containsOnly(400);
  }

  @Test
  void letsReviewersComment() {
    var answer =
        rita.post(ENGINE + "/task/" + task + "/comment/create", Map.of("message", "Looks odd."));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
