package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.Visitor;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesIT {

  private final Story story = Story.shared();

  @Test
  void answersASmallRefundInTheSameCallWithoutAskingAnybody() {
    var request = story.propose("billing-agent", Proposals.refund("12.00", 0.97));

    assertThat(request.get("route").asText()).isEqualTo("auto_approve");
    assertThat(request.get("status").asText()).isEqualTo("approved");
    assertThat(request.at("/decision/parameters/amount").asText()).isEqualTo("12.00");
    assertThat(request.at("/decision/grantStatus").asText()).isEqualTo("ready");
    assertThat(request.at("/decision/grant").asText()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    assertThat(request.at("/decision/decidedBy")).isEmpty();
    assertThat(request.get("stages")).isEmpty();
    assertThat(story.instances(request)).isZero();
    assertThat(story.rows("stage", request)).isZero();
  }

  @Test
  void blocksAnActionThatNobodyHasDeclared() {
    var request = story.propose("billing-agent", Proposals.sample("08-unknown-action"));

    assertThat(request.get("action").asText()).isEqualTo("drop_database");
    assertThat(request.get("route").asText()).isEqualTo("block");
    assertThat(request.get("status").asText()).isEqualTo("blocked");
    assertThat(request.get("reasons")).isNotEmpty();
    assertThat(request.at("/decision/grantStatus").asText()).isEqualTo("none");
    assertThat(request.at("/decision/grant").isMissingNode()).isTrue();
    assertThat(story.instances(request)).isZero();
    assertThat(Story.json(decide("sam", request, "approve")).get("status").asInt()).isEqualTo(404);
  }

  @Test
  void letsTheAgentsOwnDoubtWinOverItsConfidence() {
    ObjectNode doubtful = Proposals.refund("19.00", 0.98).put("recommendedReview", true);

    var request = story.propose("billing-agent", doubtful);

    assertThat(request.get("route").asText()).isEqualTo("human_review");
    assertThat(request.get("status").asText()).isEqualTo("pending");
    assertThat(request.has("decision")).isFalse();
    assertThat(story.tasks(request)).hasSize(1);
    assertThat(seenBy("rita", request)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "240.00, 0.72, human_review, reviewer,         rita",
    "500.00, 0.72, human_review, reviewer,         rita",
    "240.00, 0.41, escalate,     senior-reviewer,  sam",
  })
  void asksThoseWhomThePolicyNamesAndNobodyElse(
      String amount, double confidence, String route, String role, String asked) {
    var request = story.propose("billing-agent", Proposals.refund(amount, confidence));

    assertThat(request.get("route").asText()).isEqualTo(route);
    assertThat(request.at("/stages/0/role").asText()).isEqualTo(role);
    for (String person : new String[] {"rita", "raj", "sam", "fiona", "leo", "petra"}) {
      boolean isAsked = person.equals(asked) || (asked.equals("rita") && person.equals("raj"));
      assertThat(seenBy(person, request)).as(person).isEqualTo(isAsked ? 200 : 404);
    }
    assertThat(inTasklistOf(asked, request)).isOne();
    assertThat(inTasklistOf(asked.equals("rita") ? "sam" : "rita", request)).isZero();
  }

  @Test
  void refusesADecisionOfSomebodyWhoWasNotAsked() {
    var request = story.propose("billing-agent", Proposals.refund("240.00", 0.41));

    assertThat(decide("rita", request, "approve").statusCode()).isEqualTo(404);
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
    assertThat(decide("sam", request, "approve").statusCode()).isEqualTo(200);
    assertThat(story.now(request).get("status").asText()).isEqualTo("approved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"240.00", "12.00"})
  void showsAnAgentItsOwnRequestsOnly(String amount) {
    var request = story.propose("billing-agent", Proposals.refund(amount, 0.97));

    for (String other : new String[] {"publishing-agent", "procurement-agent", "action-executor"}) {
      assertThat(Story.read(story.application().agent(other), request).statusCode())
          .as(other)
          .isIn(403, 404);
    }
    var others = Story.read(story.application().agent("publishing-agent"), request);
    var nothing =
        story
            .application()
            .agent("publishing-agent")
            .get(Story.REQUESTS + "/apr_" + UUID.randomUUID());
    assertThat(others.statusCode()).isEqualTo(404);
    assertThat(Story.json(others).get("detail")).isEqualTo(Story.json(nothing).get("detail"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mona", "axel"})
  void letsManagersAndAuditorsReadButNotDecide(String person) {
    var request = story.proposeRefund("240.00");

    var seen = Story.read(story.application().commandLine(person), request);
    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(Story.json(seen).at("/decision/grant").isMissingNode()).isTrue();
    assertThat(decide(person, request, "approve").statusCode()).isEqualTo(403);
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
    assertThat(story.rows("vote", request)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leo", "dora", "otto"})
  void hidesARefundFromPeopleOfOtherRoles(String person) {
    assertThat(seenBy(person, story.proposeRefund("240.00"))).isEqualTo(404);
  }

  private int seenBy(String person, JsonNode request) {
    return Story.read(story.application().commandLine(person), request).statusCode();
  }

  private int inTasklistOf(String person, JsonNode request) {
    Visitor visitor = story.session(person);
    var listed =
        visitor.get(
            "/camunda/api/engine/engine/default/task?maxResults=50&processInstanceBusinessKey="
                + Story.id(request));
    assertThat(listed.statusCode()).as(listed.body()).isEqualTo(200);
    return Story.json(listed).size();
  }

  private java.net.http.HttpResponse<String> decide(
      String person, JsonNode request, String decision) {
    return story
        .application()
        .commandLine(person)
        .post(
            Story.path(request) + "/decisions",
            Map.of("decision", decision, "actionDigest", request.get("actionDigest").asText()));
  }
}
