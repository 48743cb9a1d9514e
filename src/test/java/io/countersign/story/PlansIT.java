package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.StoredRows;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several steps in one hand-off. */
class PlansIT {

  private static final String PLANS = "/api/v1/plans";

  private final Story story = Story.shared();

  @Test
  void letsIndependentStepsGoOnAlone() {
    JsonNode answer = taken(plan("{}", refund("12.00"), refund("240.00")));

    assertThat(texts(answer, "status")).containsExactly("approved", "pending");
    assertThat(answer.at("/steps/0/decision/grant").asText()).isNotEmpty();
    assertThat(story.tasks(answer.at("/steps/1"))).hasSize(1);
    assertThat(texts(answer, "planId")).containsOnly(answer.get("planId").asText());
    assertThat(texts(answer, "planStep")).containsExactly("0", "1");
  }

  @Test
  void asksPeopleAboutStepsThatHangTogetherWithOneThatNeedsThem() {
    JsonNode answer =
        taken(plan("{\"1\": [0]}", refund("12.00"), refund("240.00"), refund("13.00")));

    assertThat(texts(answer, "status")).containsExactly("pending", "pending", "approved");
    JsonNode raised = answer.at("/steps/0");
    assertThat(raised.get("route").asText()).isEqualTo("human_review");
    assertThat(raised.at("/reasons/0/rule").asText()).isEqualTo("plan_inherits");
    assertThat(raised.at("/reasons/0/text").asText()).contains("needs a person");
    assertThat(raised.get("headline").asText()).contains("12.00");
    assertThat(raised.get("severity")).isEqualTo(answer.at("/steps/1/severity"));
    assertThat(answer.at("/steps/1/reasons").toString()).doesNotContain("plan_inherits");

    JsonNode decided = story.decides("rita", raised, "approve");
    assertThat(decided.get("status").asText()).isEqualTo("approved");
    assertThat(story.now(answer.at("/steps/1")).get("status").asText()).isEqualTo("pending");
  }

  @Test
  void keepsTheStepsOwnConsequenceOnShow() {
    JsonNode answer = taken(plan("{\"0\": [1]}", ticket(), refund("240.00")));

    JsonNode alone = story.propose("billing-agent", ticket());
    assertThat(alone.get("status").asText()).isEqualTo("approved");
    assertThat(answer.at("/steps/0/status").asText()).isEqualTo("pending");
    assertThat(answer.at("/steps/0/severity")).isEqualTo(alone.get("severity"));
    assertThat(answer.at("/steps/0/reversible")).isEqualTo(alone.get("reversible"));
  }

  @Test
  void blocksAllThatHangTogetherWithABlockedStep() {
    ObjectNode unknown = refund("12.00").put("action", "launch_rocket");
    JsonNode answer =
        taken(
            plan(
                "{\"1\": [0], \"2\": [1]}",
                refund("12.00"),
                unknown,
                refund("240.00"),
                refund("14.00")));

    assertThat(texts(answer, "status"))
        .containsExactly("blocked", "blocked", "blocked", "approved");
    assertThat(answer.at("/steps/2/reasons/0/text").asText()).contains("is blocked");
    assertThat(answer.at("/steps/1/reasons/0/rule").asText()).isEqualTo("unknown_action");
    assertThat(story.tasks(answer.at("/steps/2"))).isEmpty();
    assertThat(answer.at("/steps/0/decision").has("grant")).isFalse();
  }

  @Test
  void storesAllOrNothing() {
    ObjectNode bad = refund("12.00");
    ((ObjectNode) bad.get("parameters")).put("amount", 12);
    ObjectNode elsewhere = refund("12.00").put("callback", "nowhere");
    var before = StoredRows.of(story.application().database());

    HttpResponse<String> answer =
        post("billing-agent", key(), plan("{}", refund("12.00"), bad, elsewhere));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(fields(answer)).contains("/steps/1/parameters/amount", "/steps/2/callback");
    assertThat(StoredRows.of(story.application().database())).isEqualTo(before);
  }

  @Test
  void listsWhatIsWrongWithTheFormOfEveryStep() {
    ObjectNode unsure = refund("12.00");
    unsure.remove("confidence");
    HttpResponse<String> answer =
        post("billing-agent", key(), plan("{\"7\": [0]}", refund("1.00").put("also", 1), unsure));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(fields(answer)).contains("/dependsOn").anyMatch(it -> it.startsWith("/steps/0"));
    assertThat(fields(answer)).anyMatch(it -> it.startsWith("/steps/1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"0\": [1], \"1\": [0]}|/dependsOn  |circle",
        "{\"1\": [1]}              |/dependsOn/1|itself",
        "{\"1\": [2]}              |/dependsOn/1|0 to 1",
        "{\"1\": [-1]}             |/dependsOn/1|0 to 1",
        "{\"1\": [0.5]}            |/dependsOn/1|0 to 1",
        "{\"1\": 0}                |/dependsOn  |list",
        "{\"2\": [0]}              |/dependsOn  |0 to 1",
        "{\"01\": [0]}             |/dependsOn  |0 to 1",
        "[[1]]                     |/dependsOn  |object",
      })
  void refusesDependenciesThatMakeNoOrder(String dependsOn, String field, String says) {
    HttpResponse<String> answer =
        post("billing-agent", key(), plan(dependsOn, refund("1.00"), refund("2.00")));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(fields(answer)).containsExactly(field);
    assertThat(Story.json(answer).get("detail").asText()).contains(says);
  }

  @Test
  void takesTwoToTwentySteps() {
    ObjectNode[] many = new ObjectNode[21];
    java.util.Arrays.setAll(many, i -> refund("1.00"));
    for (ObjectNode plan : List.of(plan("{}", refund("1.00")), plan("{}", many))) {
      HttpResponse<String> answer = post("billing-agent", key(), plan);
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(fields(answer)).containsExactly("/steps");
    }
    assertThat(taken(plan("{}", java.util.Arrays.copyOf(many, 20))).get("steps")).hasSize(20);
  }

  @Test
  void takesTheSameKeyOnce() {
    String key = key();
    ObjectNode plan = plan("{}", refund("12.00"), refund("240.00"));
    HttpResponse<String> first = post("billing-agent", key, plan);
    HttpResponse<String> again = post("billing-agent", key, plan);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("location").orElse(""))
        .endsWith(PLANS + "/" + Story.json(first).get("planId").asText());
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(texts(Story.json(again), "id")).isEqualTo(texts(Story.json(first), "id"));
    assertThat(post("billing-agent", key, plan("{}", refund("1.00"), refund("2.00"))).statusCode())
        .isEqualTo(422);
    var single =
        story
            .application()
            .agent("billing-agent")
            .post(Story.REQUESTS, refund("1.00"), Map.of("Idempotency-Key", key));
    assertThat(single.statusCode()).isEqualTo(422);
    assertThat(Story.json(single).get("type").asText()).endsWith("key-reused");
    assertThat(post("billing-agent", "", plan).statusCode()).isEqualTo(400);
  }

  @Test
  void showsAPlanToItsAgentAndItsStepsToWhoMayDecideThem() {
    JsonNode answer = taken(plan("{}", refund("12.00"), refund("240.00"), refund("300.00")));
    String path = PLANS + "/" + answer.get("planId").asText();

    JsonNode own = Story.json(story.application().agent("billing-agent").get(path));
    assertThat(own.get("steps")).hasSize(3);
    JsonNode ritas = Story.json(story.application().commandLine("rita").get(path));
    assertThat(texts(ritas, "planStep")).containsExactly("1", "2");
    assertThat(ritas.toString()).doesNotContain("\"grant\"");
    assertThat(Story.json(story.session("mona").get(path)).get("steps")).hasSize(3);
    for (String other : List.of("publishing-agent", "action-executor", "content-checker")) {
      assertThat(story.application().agent(other).get(path).statusCode()).as(other).isEqualTo(404);
    }
    assertThat(story.application().commandLine("leo").get(path).statusCode()).isEqualTo(404);
    assertThat(
            story
                .application()
                .agent("billing-agent")
                .get(PLANS + "/" + UUID.randomUUID())
                .statusCode())
        .isEqualTo(404);
    assertThat(story.application().agent("billing-agent").get(PLANS + "/x").statusCode())
        .isEqualTo(404);
  }

  @Test
  void isADoorForAgentsOnly() {
    ObjectNode plan = plan("{}", refund("1.00"), refund("2.00"));
    assertThat(post("content-checker", key(), plan).statusCode()).isEqualTo(403);
    assertThat(
            story
                .application()
                .commandLine("rita")
                .post(PLANS, plan, Map.of("Idempotency-Key", key()))
                .statusCode())
        .isEqualTo(403);
  }

  private JsonNode taken(ObjectNode plan) {
    HttpResponse<String> answer = post("billing-agent", key(), plan);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Story.json(answer);
  }

  private HttpResponse<String> post(String agent, String key, ObjectNode plan) {
    return story
        .application()
        .agent(agent)
        .post(PLANS, plan, key.isEmpty() ? Map.of() : Map.of("Idempotency-Key", key));
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static ObjectNode plan(String dependsOn, ObjectNode... steps) {
    ObjectNode plan = Proposals.JSON.createObjectNode();
    ArrayNode list = plan.putArray("steps");
    for (ObjectNode step : steps) {
      list.add(step);
    }
    plan.set("dependsOn", Story.json(dependsOn));
    return plan;
  }

  private static ObjectNode refund(String amount) {
    return Proposals.refund(amount, 0.95);
  }

  private static ObjectNode ticket() {
    return Proposals.sample("10-create-ticket");
  }

  private static List<String> texts(JsonNode answer, String field) {
    List<String> texts = new ArrayList<>();
    answer.get("steps").forEach(step -> texts.add(step.path(field).asText()));
    return texts;
  }

  private static List<String> fields(HttpResponse<String> answer) {
    List<String> fields = new ArrayList<>();
    Story.json(answer).path("errors").forEach(error -> fields.add(error.get("field").asText()));
    return fields;
  }
}
