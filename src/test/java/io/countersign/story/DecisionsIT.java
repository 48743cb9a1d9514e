package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything a person can say of a request, and what its agent hears of it. */
class DecisionsIT {

  private final Story story = Story.shared();

  @Test
  void sendsAnActionBackAndShowsTheDifferenceWhenTheAgentProposesAgain() {
    JsonNode first = story.proposeRefund("240.00");
    JsonNode closed = story.decides("rita", first, "revise", "reason", "Only one charge counts.");
    assertThat(closed.get("status").asText()).isEqualTo("revision_requested");
    assertThat(closed.at("/decision/reason").asText()).isEqualTo("Only one charge counts.");
    assertThat(closed.at("/decision/grantStatus").asText()).isEqualTo("none");

    JsonNode second =
        story.propose(
            "billing-agent", Proposals.refund("120.00", 0.72).put("revises", Story.id(first)));

    JsonNode shown = Story.json(Story.read(story.application().commandLine("rita"), second));
    assertThat(shown.at("/revises/id").asText()).isEqualTo(Story.id(first));
    assertThat(shown.at("/revises/reason").asText()).isEqualTo("Only one charge counts.");
    assertThat(shown.at("/revises/changes").toString()).contains("/amount", "\"120.00\"");
    assertThat(story.ends(first)).contains("Revision requested");
  }

  @ParameterizedTest
  @CsvSource({"approve,", "reject, no"})
  void takesNoRequestUpAgainThatWasApprovedOrIsSomebodyElses(String decision, String reason) {
    JsonNode other = story.proposeRefund("241.00");
    if (reason == null) {
      story.decides("rita", other, decision);
    } else {
      story.decides("rita", other, decision, "reason", reason);
    }
    String agent = reason == null ? "billing-agent" : "publishing-agent";

    var answer =
        story
            .application()
            .agent(agent)
            .post(
                Story.REQUESTS,
                Proposals.refund("242.00", 0.72).put("revises", Story.id(other)),
                java.util.Map.of("Idempotency-Key", UUID.randomUUID().toString()));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("/revises");
  }

  @Test
  void asksTheAgentAndReturnsTheTaskToTheOneWhoAsked() {
    JsonNode request = story.proposeRefund("243.00");

    JsonNode asked = story.decides("rita", request, "ask", "question", "Which charge is it?");
    assertThat(asked.get("status").asText()).isEqualTo("information_requested");
    assertThat(story.tasks(request)).isEmpty();
    String question = asked.at("/questions/0/id").asText();
    assertThat(asked.at("/questions/0/question").asText()).isEqualTo("Which charge is it?");
    assertThat(story.decide("raj", request, "approve").statusCode()).isEqualTo(409);

    ObjectNode body = Proposals.JSON.createObjectNode().put("questionId", question);
    var answered = story.says(request, "/information", body.put("answer", "The one of 3 March."));

    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
    assertThat(story.tasks(request).get(0).getAssignee()).isEqualTo("rita");
    JsonNode shown = Story.json(Story.read(story.application().commandLine("rita"), request));
    assertThat(shown.at("/questions/0/answer").asText()).isEqualTo("The one of 3 March.");
    assertThat(story.says(request, "/information", body).statusCode()).as("again").isEqualTo(200);
    assertThat(story.says(request, "/information", body.put("answer", "Another.")).statusCode())
        .isEqualTo(409);
    assertThat(story.decides("rita", request, "approve").get("status").asText())
        .isEqualTo("approved");
  }

  @Test
  void leavesAReviewToAnotherRole() {
    JsonNode request = story.proposeRefund("244.00");

    story.decides("rita", request, "redirect", "role", "legal-approver", "reason", "A contract.");

    assertThat(story.decide("raj", request, "approve").statusCode()).isIn(403, 404);
    JsonNode shown = Story.json(Story.read(story.application().commandLine("leo"), request));
    assertThat(shown.at("/stages/0/handovers/0/reason").asText()).isEqualTo("A contract.");
    assertThat(story.decides("leo", request, "approve").get("status").asText())
        .isEqualTo("approved");
  }

  @Test
  void handsAReviewOnAndTakesItBack() {
    JsonNode request = story.proposeRefund("245.00");

    story.decides("rita", request, "hand_on", "to", "raj");
    assertThat(story.tasks(request).get(0).getAssignee()).isEqualTo("raj");
    assertThat(story.decide("rita", request, "approve").statusCode()).isEqualTo(409);

    story.decides("raj", request, "return");
    assertThat(story.tasks(request).get(0).getAssignee()).isNull();
    assertThat(story.decides("rita", request, "approve").get("status").asText())
        .isEqualTo("approved");
  }

  @Test
  void letsTheAgentWithdrawWhateverTheReviewWaitsFor() {
    JsonNode open = story.proposeRefund("246.00");
    JsonNode asking = story.proposeRefund("247.00");
    story.decides("rita", asking, "ask", "question", "Why?");

    for (JsonNode request : new JsonNode[] {open, asking}) {
      ObjectNode reason = Proposals.JSON.createObjectNode().put("reason", "Paid by phone.");
      var answer = story.says(request, "/withdrawal", reason);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(Story.json(answer).get("status").asText()).isEqualTo("withdrawn");
      assertThat(story.tasks(request)).isEmpty();
      assertThat(story.stage(request, "review")).isEqualTo("withdrawn");
      assertThat(story.ends(request)).contains("Withdrawn");
      assertThat(story.says(request, "/withdrawal", reason).statusCode()).isEqualTo(200);
      assertThat(story.decide("rita", request, "approve").statusCode()).isEqualTo(409);
    }
  }

  @Test
  void letsNobodyButItsAgentAnswerOrWithdraw() {
    JsonNode request = story.proposeRefund("248.00");
    ObjectNode nothing = Proposals.JSON.createObjectNode();
    String path = Story.path(request) + "/withdrawal";

    assertThat(story.application().agent("publishing-agent").post(path, nothing).statusCode())
        .isEqualTo(404);
    assertThat(story.application().commandLine("rita").post(path, nothing).statusCode())
        .isEqualTo(403);
    assertThat(story.session("rita").post(path, nothing).statusCode()).isEqualTo(403);
    assertThat(story.now(request).get("status").asText()).isEqualTo("pending");
  }

  @Test
  void answersAQuestionOfTheAgent() {
    ObjectNode body = Proposals.refund("20.00", 0.99).put("pattern", "clarification");
    JsonNode request = story.propose("billing-agent", body);
    assertThat(request.get("route").asText()).isEqualTo("human_review");
    assertThat(story.decide("rita", request, "approve").statusCode()).isEqualTo(422);

    JsonNode answered = story.decides("rita", request, "answer", "answer", "Order 10429.");

    assertThat(answered.get("status").asText()).isEqualTo("answered");
    assertThat(answered.at("/decision/answer").asText()).isEqualTo("Order 10429.");
    assertThat(answered.at("/decision/grantStatus").asText()).isEqualTo("none");
    assertThat(story.ends(request)).contains("Answered");
  }

  @Test
  void choosesAnOptionThatCarriesAnActionAndGetsAGrantForIt() {
    JsonNode request = story.propose("billing-agent", withOptions());

    JsonNode chosen = story.decides("rita", request, "choose", "option", "half");

    assertThat(chosen.get("status").asText()).isEqualTo("approved_with_edits");
    assertThat(chosen.at("/decision/option").asText()).isEqualTo("half");
    assertThat(chosen.at("/decision/parameters/amount").asText()).isEqualTo("120.00");
    assertThat(chosen.at("/decision/grant").asText()).isNotEmpty();
  }

  @Test
  void choosesAnOptionThatIsOnlyAnAnswer() {
    JsonNode request = story.propose("billing-agent", withOptions());
    assertThat(story.decide("rita", request, "choose", "option", "none").body())
        .contains("expected the id of an option");

    JsonNode chosen = story.decides("rita", request, "choose", "option", "voucher");

    assertThat(chosen.get("status").asText()).isEqualTo("answered");
    assertThat(chosen.at("/decision/answer").asText()).isEqualTo("A voucher instead");
    assertThat(chosen.at("/decision/grant").isMissingNode()).isTrue();
  }

  private static ObjectNode withOptions() {
    ObjectNode body = Proposals.refund("240.00", 0.72).put("pattern", "decision_support");
    var options = body.putArray("options");
    options
        .addObject()
        .put("id", "half")
        .put("label", "Half of it")
        .set("parameters", Proposals.refundParameters("120.00"));
    options.addObject().put("id", "voucher").put("label", "A voucher instead");
    return body;
  }

  @Test
  void letsAnAgentNarrowWhatMayBeSaidButNeverTakeAwayTheWaysToStopIt() {
    ObjectNode body = Proposals.refund("249.00", 0.72);
    body.putArray("allowedDecisions").add("approve");
    JsonNode request = story.propose("billing-agent", body);
    String edited = Proposals.refundParameters("249.01").toString();

    assertThat(
            story.decide("rita", request, "edit", "parameters", edited, "reason", "r").statusCode())
        .isEqualTo(422);
    assertThat(story.decides("rita", request, "reject", "reason", "no").get("status").asText())
        .isEqualTo("rejected");
  }
}
