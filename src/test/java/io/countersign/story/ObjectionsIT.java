package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people can do about an action that policy let run at once, and the agent's own limit. */
class ObjectionsIT {

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

  private static JsonNode server() {
    ObjectNode body = Proposals.JSON.createObjectNode();
    body.put("action", "provision_server").put("confidence", 0.97);
    body.putObject("parameters")
        .put("type", "small")
        .put("region", "eu-central")
        .put("monthlyCost", "40.00");
    return story.propose("procurement-agent", body);
  }

  private static HttpResponse<String> object(String person, JsonNode request) {
    ObjectNode reason = Proposals.JSON.createObjectNode().put("reason", "We have one already.");
    return story.application().commandLine(person).post(Story.path(request) + "/objection", reason);
  }

  @Test
  void runsAtOnceAndIsNotStoppedBySilence() {
    JsonNode request = server();
    assertThat(request.get("status").asText()).isEqualTo("approved");
    assertThat(request.get("mode").asText()).isEqualTo("objection_window");
    assertThat(request.at("/decision/grant").asText()).isNotEmpty();
    assertThat(story.tasks(request)).hasSize(1);

    MovedTime.pass(story, Duration.ofHours(2));

    assertThat(story.tasks(request)).isEmpty();
    assertThat(story.ends(request)).containsExactly("Window closed");
    assertThat(story.now(request).get("status").asText()).isEqualTo("approved");
    assertThat(object("rita", request).statusCode()).as("too late").isEqualTo(409);
  }

  @Test
  void isCalledBackByAPersonAndRolledBackByTheAgent() {
    JsonNode request = server();

    assertThat(object("rita", request).statusCode()).isEqualTo(200);

    JsonNode revoked = story.now(request);
    assertThat(revoked.get("status").asText()).isEqualTo("revoked");
    assertThat(revoked.at("/decision/reason").asText()).isEqualTo("We have one already.");
    assertThat(revoked.at("/decision/grant").isMissingNode()).isTrue();
    assertThat(revoked.at("/decision/fallback").asText()).isEqualTo("revert");
    ObjectNode report = Proposals.JSON.createObjectNode().put("result", "rolled_back");
    assertThat(story.says(request, "/outcome", report).statusCode()).isEqualTo(200);
    assertThat(story.says(request, "/outcome", report).statusCode()).as("again").isEqualTo(200);
    assertThat(story.ends(request)).containsExactly("Rolled back");
  }

  @Test
  void alertsOperatorsWhenNobodyReportsTheRollback() {
    JsonNode request = server();
    object("rita", request);

    MovedTime.pass(story, Duration.ofHours(1));

    assertThat(story.recorded(request)).contains("alert.rollback_missing");
    assertThat(story.ends(request)).containsExactly("Rollback not reported");
  }

  @Test
  void letsNobodyObjectToWhatNeededAPerson() {
    JsonNode request = story.proposeRefund("240.00");

    assertThat(object("rita", request).statusCode()).isEqualTo(409);
    assertThat(object("axel", request).statusCode()).as("an auditor").isIn(403, 409);
  }

  @Test
  void letsNobodyApproveWhatPolicyApproved() {
    JsonNode request = server();

    assertThat(story.decide("rita", request, "approve").statusCode()).isEqualTo(422);
    assertThat(object("leo", request).statusCode()).as("another role").isIn(403, 404);
    assertThat(story.now(request).get("status").asText()).isEqualTo("approved");
  }

  @Test
  void letsTheClockOfAReviewStandStillWhileTheAgentOwesAnAnswer() {
    JsonNode request = story.proposeRefund("240.00");
    MovedTime.pass(story, Duration.ofHours(20));
    JsonNode asked = story.decides("rita", request, "ask", "question", "Which one?");
    MovedTime.pass(story, Duration.ofHours(3));
    ObjectNode answer = Proposals.JSON.createObjectNode().put("answer", "The first.");
    answer.put("questionId", asked.at("/questions/0/id").asText());

    assertThat(story.says(request, "/information", answer).statusCode()).isEqualTo(200);

    MovedTime.pass(story, Duration.ofHours(4).minusMillis(1));
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
    MovedTime.pass(story, Duration.ofMillis(1));
    assertThat(story.now(request).get("status").asText()).isEqualTo("expired");
    assertThat(story.ends(request)).contains("Stage expired", "Expired");
  }

  @Test
  void givesTheReviewBackToPeopleWhenTheAgentNeverAnswers() {
    JsonNode request = story.proposeRefundToReject("240.00");
    story.decides("rita", request, "ask", "question", "Which one?");

    MovedTime.pass(story, Duration.ofHours(4));

    JsonNode now = story.now(request);
    assertThat(now.get("status").asText()).isEqualTo("pending");
    assertThat(now.at("/questions/0/status").asText()).isEqualTo("unanswered");
    assertThat(story.tasks(request).get(0).getAssignee()).isEqualTo("rita");
    assertThat(story.decides("rita", request, "reject", "reason", "No answer.").get("status"))
        .hasToString("\"rejected\"");
  }

  @Test
  void expiresAStageThatTheFirstOfTwoPeopleHasLeftToTheSecond() {
    JsonNode request = story.proposeRefund("900.00");
    MovedTime.pass(story, Duration.ofHours(20));
    story.decides("rita", request, "approve");

    MovedTime.pass(story, Duration.ofHours(4));

    JsonNode now = story.now(request);
    assertThat(now.get("status").asText()).isEqualTo("expired");
    assertThat(now.at("/decision/fallback").asText()).isEqualTo("deny");
    assertThat(now.at("/decision/grantStatus").asText()).isEqualTo("none");
  }

  @Test
  void putsOnRecordWhatRanUnaskedInTheModeThatAlerts() {
    ObjectNode body = Proposals.JSON.createObjectNode();
    body.put("action", "update_crm_field").put("confidence", 0.97);
    body.putObject("parameters").put("customerId", "C-1").put("field", "phone").put("value", "1");

    JsonNode request = story.propose("billing-agent", body);

    assertThat(request.get("mode").asText()).isEqualTo("log_and_alert");
    assertThat(story.recorded(request)).contains("alert.ran_unasked");
  }
}
