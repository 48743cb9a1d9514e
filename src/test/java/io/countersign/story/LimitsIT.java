package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LimitsIT {

  private final Story story = Story.shared();
  private final String run = UUID.randomUUID().toString();

  @Test
  void blocksWhatAReviewerJustRejectedWithoutAskingAnybodyAgain() {
    var rejected = story.proposeRefundToReject("240.00");
    decide("rita", rejected, "reject", Map.of());

    var again = story.propose("billing-agent", sameAs(rejected));

    assertThat(again.get("status").asText()).isEqualTo("blocked");
    assertThat(again.at("/reasons/0/rule").asText()).isEqualTo("rejected_before");
    assertThat(again.at("/decision/grantStatus").asText()).isEqualTo("none");
    assertThat(story.instances(again)).isZero();
    assertThat(story.rows("stage", again)).isZero();
    assertThat(story.propose("publishing-agent", sameAs(rejected)).get("status").asText())
        .isEqualTo("pending");
  }

  @Test
  void asksAPersonFromTheSecondSmallRefundOfARunAndForgetsWhatWasRefused() {
    assertThat(propose("45.00").get("status").asText()).isEqualTo("approved");

    var second = propose("45.00");

    assertThat(second.get("status").asText()).isEqualTo("pending");
    assertThat(second.get("reasons").findValuesAsText("text"))
        .contains("Without a person, 45.00 would make 90.00 in its run, which is not below 50.00");
    assertThat(total()).isEqualByComparingTo("90.00");
    decide("rita", second, "reject", Map.of());
    assertThat(total()).isEqualByComparingTo("45.00");
    assertThat(propose("4.99").get("status").asText()).isEqualTo("approved");
    assertThat(propose("0.01").get("status").asText()).isEqualTo("pending");
  }

  @Test
  void asksFinanceWhereTheRunPassesWhatReviewersMayDecide() {
    var first = propose("300.00");
    assertThat(first.get("stages").findValuesAsText("name")).doesNotContain("finance");

    var second = propose("200.01");

    assertThat(second.get("stages").findValuesAsText("name")).contains("finance");
    decide("rita", first, "reject", Map.of());
    assertThat(propose("299.99").get("stages").findValuesAsText("name")).doesNotContain("finance");
  }

  @Test
  void givesBackWhatAnAgentWithdraws() {
    var request = propose("300.00");
    var withdrawn =
        story
            .application()
            .agent("billing-agent")
            .post(Story.path(request) + "/withdrawal", Map.of("reason", "not needed"));

    assertThat(withdrawn.statusCode()).as(withdrawn.body()).isEqualTo(200);
    assertThat(total()).isEqualByComparingTo("0.00");
  }

  @Test
  void countsWhatAReviewerMadeOfAnAmountAndAsksFinanceForTheRest() {
    propose("300.00");
    var request = propose("100.00");
    ObjectNode edited = ((ObjectNode) request.get("parameters")).deepCopy();

    decide("rita", request, "edit", Map.of("parameters", edited.put("amount", "200.01")));

    assertThat(total()).isEqualByComparingTo("500.01");
    var now = story.now(request);
    assertThat(now.get("status").asText()).isEqualTo("pending");
    assertThat(now.get("stages").findValuesAsText("name")).contains("finance");
  }

  @Test
  void takesTheStepsOfAPlanForOneRun() {
    var answer = hand(plan(step("45.00", "EUR"), step("45.00", "EUR"), step("45.00", "EUR")));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    var steps = new ArrayList<String>();
    Story.json(answer).get("steps").forEach(step -> steps.add(step.get("status").asText()));
    assertThat(steps).containsExactly("approved", "pending", "pending");
  }

  @Test
  void letsNoTwoPlansWaitForEachOther() throws Exception {
    var there = plan(step("0.01", "EUR"), step("0.01", "USD"));
    var back = plan(step("0.01", "USD"), step("0.01", "EUR"));
    var agents = Executors.newFixedThreadPool(4);
    try {
      List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(() -> hand(there));
        calls.add(() -> hand(back));
      }
      for (var answer : agents.invokeAll(calls)) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
      }
    } finally {
      agents.shutdownNow();
    }
  }

  private HttpResponse<String> hand(ObjectNode plan) {
    return story
        .application()
        .agent("billing-agent")
        .post("/api/v1/plans", plan, Map.of("Idempotency-Key", UUID.randomUUID().toString()));
  }

  private static ObjectNode plan(ObjectNode... steps) {
    ObjectNode plan = Proposals.JSON.createObjectNode();
    plan.putArray("steps").addAll(List.of(steps));
    plan.putObject("dependsOn");
    return plan;
  }

  private static ObjectNode step(String amount, String currency) {
    ObjectNode body = Proposals.refund(amount, 0.97);
    body.withObject("/parameters").put("currency", currency);
    return body;
  }

  private JsonNode propose(String amount) {
    ObjectNode body = Proposals.refund(amount, 0.97);
    body.withObject("/parameters").put("orderId", UUID.randomUUID().toString());
    body.putObject("run").put("id", run);
    return story.propose("billing-agent", body);
  }

  private BigDecimal total() {
    return JdbcClient.create(story.application().bean(DataSource.class))
        .sql("select total from running_total where kind = 'run' and name = ?")
        .param(run)
        .query(BigDecimal.class)
        .single();
  }

  private void decide(String person, JsonNode request, String decision, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("decision", decision);
    body.put("reason", "It was refunded already.");
    body.put("actionDigest", request.get("actionDigest").asText());
    var answer =
        story.application().commandLine(person).post(Story.path(request) + "/decisions", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static JsonNode sameAs(JsonNode request) {
    var body = Proposals.refund("240.00", 0.72);
    body.set("parameters", request.get("parameters"));
    return body;
  }
}
