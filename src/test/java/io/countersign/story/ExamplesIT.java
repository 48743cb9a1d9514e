package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents can be taught from what people said of their proposals. */
class ExamplesIT {

  private static final String EXAMPLES = "/api/v1/examples";

  private static Story story;

  @BeforeAll
  static void start() {
    story = Story.shared();
  }

  private static List<JsonNode> lines(String query) {
    HttpResponse<String> answer = story.application().commandLine("mona").get(EXAMPLES + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/jsonl"));
    return answer.body().lines().map(Story::json).toList();
  }

  private static JsonNode example(JsonNode request) {
    return lines("?action=process_refund").stream()
        .filter(line -> line.get("requestId").asText().equals(Story.id(request)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void putsTheReviewersReasonBesideTheAgentsTrace() {
    ObjectNode body = Proposals.refund("240.00", 0.72);
    body.withObject("/context").withArray("/reasoningTrace").add("Charged twice.");
    JsonNode request = story.propose("billing-agent", body);
    story.decides(
        "rita",
        request,
        "edit",
        "parameters",
        Proposals.refundParameters("120.00").toString(),
        "reason",
        "Only one of the two charges is ours.");

    JsonNode example = example(request);

    assertThat(example.at("/context/reasoningTrace/0").asText()).isEqualTo("Charged twice.");
    assertThat(example.at("/proposed/amount").asText()).isEqualTo("240.00");
    assertThat(example.at("/said/0/decision").asText()).isEqualTo("edit");
    assertThat(example.at("/said/0/reason").asText())
        .isEqualTo("Only one of the two charges is ours.");
    assertThat(example.get("outcome").asText()).isEqualTo("approved_with_edits");
    assertThat(example.at("/decided/amount").asText()).isEqualTo("120.00");
    assertThat(example.at("/changes/0/path").asText()).isEqualTo("/amount");
    assertThat(example.toString()).as("names of people").doesNotContain("rita");
  }

  @Test
  void tellsOnlyWhatPeopleDecided() {
    JsonNode open = story.proposeRefund("240.00");
    JsonNode approvedByPolicy = story.propose("billing-agent", Proposals.refund("12.00", 0.97));

    assertThat(lines(""))
        .extracting(line -> line.get("requestId").asText())
        .doesNotContain(Story.id(open), Story.id(approvedByPolicy))
        .doesNotHaveDuplicates();
    assertThat(lines("?action=no_such_action")).isEmpty();
  }

  @Test
  void readsMoreThanOnePage() {
    for (int i = 0; i < 60; i++) {
      story.propose("billing-agent", Proposals.refund("12.00", 0.97));
    }
    JsonNode rejected =
        story.decides("rita", story.proposeRefundToReject("240.00"), "reject", "reason", "No.");
    for (int i = 0; i < 60; i++) {
      story.propose("billing-agent", Proposals.refund("12.00", 0.97));
    }

    assertThat(example(rejected).get("outcome").asText()).isEqualTo("rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rita", "otto", "dora"})
  void isForWhoLooksBack(String person) {
    assertThat(story.application().commandLine(person).get(EXAMPLES).statusCode()).isEqualTo(403);
  }
}
