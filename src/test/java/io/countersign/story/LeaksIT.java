package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What somebody writes at any door turns up in no log, no refusal and no table of the engine. */
@ExtendWith(OutputCaptureExtension.class)
class LeaksIT {

  private static Story story;

  private final String secret = "secret" + UUID.randomUUID().toString().replace("-", "");

  @BeforeAll
  static void start() {
    story = Story.shared();
  }

  /**
   * Every door with the secret wherever it takes text, in bodies that are taken and that are not.
   */
  private List<HttpResponse<String>> everywhere() {
    List<HttpResponse<String>> answers = new ArrayList<>();
    Visitor agent = story.application().agent("billing-agent");
    Visitor rita = story.application().commandLine("rita");
    Visitor otto = story.application().commandLine("otto");
    JsonNode request = proposed();
    String path = Story.path(request);
    String text = "\"" + secret + "\"";

    JsonNode asked = story.decides("rita", request, "ask", "question", secret);
    String question = asked.path("questions").get(0).get("id").asText();
    answers.add(agent.post(path + "/information", "{\"questionId\":" + text + "}"));
    answers.add(
        agent.post(
            path + "/information",
            "{\"questionId\":\"" + question + "\",\"answer\":" + text + "}"));
    answers.add(rita.post(path + "/decisions", "{\"decision\":" + text + "}"));
    answers.add(story.decide("rita", request, "hand_on", "to", secret));
    answers.add(story.decide("rita", request, "redirect", "role", secret));
    answers.add(story.decide("rita", request, "choose", "option", secret));
    answers.add(
        story.decide("rita", request, "edit", "parameters", "{" + text + ":1}", "reason", secret));
    answers.add(story.decide("rita", request, "reject", "reason", secret));
    answers.add(agent.post(path + "/withdrawal", "{\"reason\":" + text + "}"));
    answers.add(agent.post(path + "/outcome", "{\"result\":\"failed\",\"error\":" + text + "}"));
    answers.add(agent.post(path + "/outcome", "{\"result\":" + text + "}"));
    answers.add(agent.post(Story.REQUESTS, "{\"action\":" + text + "," + text + ":" + text, key()));
    answers.add(agent.post("/api/v1/plans", "{\"steps\":[" + text + "]}", key()));
    answers.add(
        story
            .application()
            .agent("action-executor")
            .post(
                "/api/v1/grants/redeem",
                "{\"grant\":" + text + ",\"action\":" + text + ",\"parameters\":{" + text + ":1}}",
                key()));
    answers.add(
        otto.post(
            "/api/v1/overrides", "{\"scope\":{\"run\":" + text + "},\"route\":" + text + "}"));
    answers.add(otto.post(path + "/erasure", "{" + text + ":" + text + "}"));
    answers.add(rita.send("PUT", "/api/v1/me/absence", Map.of(), "{\"from\":" + text + "}"));
    answers.add(agent.get(Story.REQUESTS + "/" + secret));
    answers.add(
        story
            .application()
            .visitor("eyJhbGciOiJub25lIn0." + secret + ".")
            .get(Story.REQUESTS + "/" + Story.id(request)));
    return answers;
  }

  private JsonNode proposed() {
    ObjectNode body = Proposals.refund("240.00", 0.72);
    body.withObject("/parameters").put("orderId", secret);
    body.put("rationale", secret).put("confidenceBasis", secret).put("expectedOutcome", secret);
    body.withArray("/uncertaintyFactors").add(secret);
    body.withArray("/triggers").add(secret);
    body.withObject("/context").withArray("/reasoningTrace").add(secret);
    body.withObject("/context").withObject("/stateBefore").put(secret, secret);
    body.withObject("/resumeState").put("name", secret);
    return story.propose("billing-agent", body);
  }

  private static Map<String, String> key() {
    return Map.of("Idempotency-Key", UUID.randomUUID().toString());
  }

  @Test
  void writesNothingOfItIntoTheLog(CapturedOutput output) {
    everywhere();
    assertThat(output.getAll()).doesNotContain(secret);

    LoggerFactory.getLogger(LeaksIT.class).warn("told on purpose: {}", secret);
    assertThat(output.getAll()).as("what would be found").contains(secret);
  }

  @Test
  void quotesNothingOfItInARefusal() {
    List<HttpResponse<String>> refusals =
        everywhere().stream().filter(answer -> answer.statusCode() >= 400).toList();

    assertThat(refusals).hasSizeGreaterThan(10).allMatch(answer -> answer.statusCode() < 500);
    assertThat(refusals).noneMatch(answer -> answer.body().contains(secret));
  }

  @Test
  void keepsNothingOfItInTheEngine() throws Exception {
    everywhere();

    assertThat(new StoredBytes(story.application().database()).holding(secret))
        .noneMatch(place -> place.startsWith("public.act_"));
  }
}
