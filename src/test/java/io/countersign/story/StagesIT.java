package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Several people who check different parts, one after the other or at the same time. */
class StagesIT {

  private final Story story = Story.shared();

  @Test
  void asksFinanceAfterTheReviewerAboveFiveHundred() {
    JsonNode request = story.proposeRefund("500.01");
    assertThat(story.stage(request, "finance")).isEqualTo("waiting");
    assertThat(Story.read(story.session("fiona"), request).statusCode()).isIn(200, 404);

    JsonNode halfWay = story.decides("rita", request, "approve");

    assertThat(halfWay.get("status").asText()).isEqualTo("pending");
    assertThat(halfWay.at("/decision").isMissingNode()).isTrue();
    assertThat(story.stage(request, "finance")).isEqualTo("open");
    JsonNode decided = story.decides("fiona", request, "approve");
    assertThat(decided.get("status").asText()).isEqualTo("approved");
    assertThat(decided.at("/decision/decidedBy").toString()).isEqualTo("[\"rita\",\"fiona\"]");
  }

  @Test
  void asksNobodyElseAfterARejection() {
    JsonNode request = story.proposeRefundToReject("900.00");

    JsonNode decided = story.decides("rita", request, "reject", "reason", "Not owed.");

    assertThat(decided.get("status").asText()).isEqualTo("rejected");
    assertThat(story.stage(request, "finance")).isEqualTo("skipped");
    assertThat(story.tasks(request)).isEmpty();
  }

  @Test
  void asksFinanceTooWhenAnEditLeavesTheBand() {
    JsonNode request = story.proposeRefund("400.00");
    assertThat(story.stage(request, "finance")).isEqualTo("none");
    String edited = Proposals.refundParameters("600.00").toString();

    JsonNode halfWay =
        story.decides("rita", request, "edit", "parameters", edited, "reason", "Both charges.");

    assertThat(halfWay.get("status").asText()).isEqualTo("pending");
    assertThat(halfWay.at("/current/parameters/amount").asText()).isEqualTo("600.00");
    JsonNode decided = story.decides("fiona", request, "approve");
    assertThat(decided.get("status").asText()).isEqualTo("approved_with_edits");
    assertThat(decided.at("/decision/parameters/amount").asText()).isEqualTo("600.00");
  }

  @Test
  void asksTheFirstAgainAboutTheVersionThatTheSecondMade() {
    JsonNode request = story.proposeRefund("700.00");
    story.decides("rita", request, "approve");
    String edited = Proposals.refundParameters("650.00").toString();

    JsonNode halfWay =
        story.decides("fiona", request, "edit", "parameters", edited, "reason", "Less tax.");

    assertThat(halfWay.get("status").asText()).isEqualTo("pending");
    assertThat(story.stage(request, "review")).isEqualTo("open");
    assertThat(story.stage(request, "finance")).isEqualTo("decided");
    JsonNode decided = story.decides("raj", request, "approve");
    assertThat(decided.get("status").asText()).isEqualTo("approved_with_edits");
    assertThat(decided.at("/decision/parameters/amount").asText()).isEqualTo("650.00");
    assertThat(decided.at("/stages/0/votes")).hasSize(2);
  }

  @Test
  void asksLegalAndFinanceAtTheSameTime() {
    JsonNode request = story.propose("procurement-agent", amendment());
    assertThat(story.tasks(request)).hasSize(2);

    JsonNode halfWay = story.decides("petra", request, "approve");
    assertThat(halfWay.get("status").asText()).as("legal still owes").isEqualTo("pending");
    assertThat(story.decides("leo", request, "approve").get("status").asText())
        .isEqualTo("approved");
  }

  @Test
  void endsBothWhenOneOfThemStopsIt() {
    ObjectNode another = amendment();
    another.withObject("/parameters").put("contractId", "to-be-rejected");
    JsonNode request = story.propose("procurement-agent", another);

    JsonNode decided = story.decides("leo", request, "reject", "reason", "The clause is void.");

    assertThat(decided.get("status").asText()).isEqualTo("rejected");
    assertThat(story.tasks(request)).isEmpty();
    assertThat(story.stage(request, "finance")).isEqualTo("skipped");
    assertThat(story.decide("fiona", request, "approve").statusCode()).isEqualTo(409);
  }

  @Test
  void asksTheOtherAgainWhenOneOfTwoEdits() {
    JsonNode request = story.propose("procurement-agent", amendment());
    story.decides("fiona", request, "approve");
    ObjectNode edited = ((ObjectNode) request.get("parameters")).deepCopy();
    edited.put("newText", "Payment is due after 30 days.");

    JsonNode halfWay =
        story.decides(
            "leo", request, "edit", "parameters", edited.toString(), "reason", "Clearer.");

    assertThat(halfWay.get("status").asText()).isEqualTo("pending");
    assertThat(story.stage(request, "legal")).isEqualTo("decided");
    assertThat(story.stage(request, "finance")).isEqualTo("open");
    JsonNode decided = story.decides("fiona", request, "approve");
    assertThat(decided.get("status").asText()).isEqualTo("approved_with_edits");
  }

  private static ObjectNode amendment() {
    return Proposals.sample("05-contract-amendment");
  }
}
