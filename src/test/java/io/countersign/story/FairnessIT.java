package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class FairnessIT {

  private static Story story;

  @BeforeAll
  static void start() {
    var limits = "countersign.limits.";
    story =
        Story.start(
            Map.of(
                limits + "open-requests-per-agent", "3",
                limits + "agents.procurement-agent.proposals-per-minute", "4"));
  }

  @AfterAll
  static void stop() {
    story.close();
  }

  @Test
  void letsAFloodOfOneAgentTakeNoPlaceOfAnother() {
    List<HttpResponse<String>> flood = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      flood.add(send("billing-agent", Proposals.refund("240.00", 0.72), "flood-" + i));
    }

    assertThat(flood)
        .extracting(HttpResponse::statusCode)
        .containsExactly(201, 201, 201, 429, 429, 429, 429, 429);
    isRefused(flood.get(3), "open-requests", 60);
    assertThat(stored("billing-agent")).isEqualTo(3);
    assertThat(send("billing-agent", Proposals.refund("12.00", 0.97), "small").statusCode())
        .as("what needs nobody")
        .isEqualTo(201);
    assertThat(send("publishing-agent", Proposals.refund("240.00", 0.72), "other").statusCode())
        .isEqualTo(201);
    assertThat(send("billing-agent", Proposals.refund("240.00", 0.72), "flood-0").statusCode())
        .as("what it has sent before")
        .isEqualTo(200);

    approve(Story.json(flood.get(0)));

    assertThat(send("billing-agent", Proposals.refund("240.00", 0.72), "flood-3").statusCode())
        .as("the same key again")
        .isEqualTo(201);
    assertThat(send("billing-agent", Proposals.refund("240.00", 0.72), "flood-4").statusCode())
        .isEqualTo(429);
  }

  @Test
  void slowsAnAgentDownWhateverBecomesOfItsProposals() {
    var unknown = Proposals.sample("08-unknown-action");
    for (int i = 0; i < 4; i++) {
      assertThat(send("procurement-agent", unknown, "unknown-" + i).statusCode()).isEqualTo(201);
    }

    var refused = send("procurement-agent", unknown, "unknown-4");

    isRefused(refused, "proposals-per-minute", 60);
    assertThat(stored("procurement-agent")).isEqualTo(4);
  }

  private static void isRefused(HttpResponse<String> answer, String limit, int atMost) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(answer.headers().firstValue("Retry-After").map(Integer::parseInt))
        .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, atMost));
    JsonNode problem = Story.json(answer);
    assertThat(problem.get("type").asText()).isEqualTo("urn:countersign:problem:rate-limited");
    assertThat(problem.get("limit").asText()).isEqualTo(limit);
  }

  private static HttpResponse<String> send(String agent, JsonNode body, String key) {
    return story
        .application()
        .agent(agent)
        .post(Story.REQUESTS, body, Map.of("Idempotency-Key", key));
  }

  private static void approve(JsonNode request) {
    var answer =
        story
            .application()
            .commandLine("rita")
            .post(
                Story.path(request) + "/decisions",
                Map.of(
                    "decision", "approve", "actionDigest", request.get("actionDigest").asText()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static long stored(String agent) {
    return JdbcClient.create(story.application().bean(DataSource.class))
        .sql("select count(*) from approval_request where agent = ?")
        .param(agent)
        .query(Long.class)
        .single();
  }
}
