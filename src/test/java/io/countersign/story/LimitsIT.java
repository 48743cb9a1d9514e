package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsIT {

  private final Story story = Story.shared();

  @Test
  void blocksWhatAReviewerJustRejectedWithoutAskingAnybodyAgain() {
    var rejected = story.proposeRefundToReject("240.00");
    reject(rejected);

    var again = story.propose("billing-agent", sameAs(rejected));

    assertThat(again.get("status").asText()).isEqualTo("blocked");
    assertThat(again.at("/reasons/0/rule").asText()).isEqualTo("rejected_before");
    assertThat(again.at("/decision/grantStatus").asText()).isEqualTo("none");
    assertThat(story.instances(again)).isZero();
    assertThat(story.rows("stage", again)).isZero();
    assertThat(story.propose("publishing-agent", sameAs(rejected)).get("status").asText())
        .isEqualTo("pending");
  }

  private void reject(JsonNode request) {
    var answer =
        story
            .application()
            .commandLine("rita")
            .post(
                Story.path(request) + "/decisions",
                Map.of(
                    "decision", "reject",
                    "reason", "It was refunded already.",
                    "actionDigest", request.get("actionDigest").asText()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static JsonNode sameAs(JsonNode request) {
    var body = Proposals.refund("240.00", 0.72);
    body.set("parameters", request.get("parameters"));
    return body;
  }
}
