package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written can be erased without a trace, and that it was erased cannot be denied. */
class ErasureIT {

  private static final String WHY = "{\"reason\":\"The customer asked for it.\"}";

  private static Story story;

  private final String canary = "canary" + UUID.randomUUID().toString().replace("-", "");

  @BeforeAll
  static void start() {
    story = Story.shared();
  }

  private static HttpResponse<String> erase(String person, JsonNode request, String body) {
    return story.application().commandLine(person).post(Story.path(request) + "/erasure", body);
  }

  /** Everybody writes the canary wherever they can write anything. */
  private JsonNode rejected() {
    ObjectNode body = Proposals.refund("240.00", 0.72);
    body.withObject("/parameters").put("orderId", canary);
    body.put("rationale", canary).put("confidenceBasis", canary).put("expectedOutcome", canary);
    body.withArray("/uncertaintyFactors").add(canary);
    body.withArray("/triggers").add(canary);
    body.withObject("/context").withArray("/reasoningTrace").add(canary);
    body.withObject("/context").withObject("/stateBefore").put("name", canary);
    body.withObject("/resumeState").put("name", canary);
    JsonNode request = story.propose("billing-agent", body);
    JsonNode asked = story.decides("rita", request, "ask", "question", canary);
    ObjectNode answer = Proposals.JSON.createObjectNode().put("answer", canary);
    answer.set("questionId", asked.path("questions").get(0).get("id"));
    assertThat(story.says(request, "/information", answer).statusCode()).isEqualTo(200);
    return story.decides("rita", request, "reject", "reason", canary);
  }

  @Test
  void keepsNothingThatWasWrittenReadableInTheDatabase() throws Exception {
    rejected();

    assertThat(new StoredBytes(story.application().database()).holding(canary)).isEmpty();
  }

  @Test
  void findsWhatIsReadable() throws Exception {
    ObjectNode body = Proposals.refund("240.00", 0.72).put("externalId", canary);
    story.propose("billing-agent", body);

    assertThat(new StoredBytes(story.application().database()).holding(canary))
        .anyMatch(place -> place.contains("approval_request"))
        .anyMatch(place -> place.contains("pg_wal"));
  }

  @Test
  void erasesWhenTwoPeopleWantIt() throws Exception {
    JsonNode request = rejected();
    assertThat(story.instances(request)).isPositive();

    assertThat(erase("otto", request, WHY).statusCode()).isEqualTo(202);
    assertThat(erase("otto", request, WHY).statusCode()).as("the same person").isEqualTo(202);
    assertThat(story.now(request).get("headline").asText()).contains(canary);
    HttpResponse<String> done = erase("axel", request, WHY);

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(Story.json(done).get("status").asText()).isEqualTo("erased");
    assertThat(erase("otto", request, WHY).statusCode()).as("once more").isEqualTo(200);
    for (Visitor reader :
        List.of(
            story.application().agent("billing-agent"),
            story.application().commandLine("rita"),
            story.application().commandLine("mona"))) {
      HttpResponse<String> answer = Story.read(reader, request);
      assertThat(answer.statusCode()).isEqualTo(410);
      assertThat(answer.body()).contains("urn:countersign:problem:erased").doesNotContain(canary);
    }
    assertThat(story.instances(request)).as("what the engine remembers").isZero();
    assertThat(story.recorded(request))
        .endsWith("erasure.wanted", "erasure.wanted", "request.erased");
  }

  @Test
  void showsInTheHistoryThatThereWasSomething() {
    JsonNode request = rejected();
    erase("otto", request, WHY);
    erase("axel", request, WHY);

    String history =
        story.application().commandLine("mona").get(Story.REQUESTS + "?limit=5").body();

    JsonNode item = item(history, Story.id(request));
    assertThat(item.has("erasedAt")).isTrue();
    assertThat(item.has("headline")).isFalse();
    assertThat(history).doesNotContain(canary);
  }

  private static JsonNode item(String history, String id) {
    for (JsonNode item : Story.json(history).path("items")) {
      if (item.path("id").asText().equals(id)) {
        return item;
      }
    }
    throw new AssertionError("not in the history: " + id);
  }

  @Test
  void leavesAReceiptInALogThatStillVerifies() throws Exception {
    JsonNode request = rejected();
    String digest = request.get("actionDigest").asText();
    JsonNode before = proof(request);
    String log = exported(request);
    assertThat(log).contains("hmac-sha-256:").doesNotContain(digest.substring(8));
    assertThat(before.get("salt").asText()).matches("[0-9a-f]{64}");
    erase("otto", request, WHY);
    erase("axel", request, WHY);

    JsonNode receipt = proof(request);

    assertThat(Story.json(receipt.get("entry").asText()).get("type").asText())
        .isEqualTo("request.erased");
    assertThat(receipt.has("salt")).isFalse();
    assertThat(exported(request)).startsWith(log);
  }

  private static String exported(JsonNode request) {
    String query = "/api/v1/audit/entries?request=" + Story.id(request);
    JsonNode items = Story.json(story.application().commandLine("axel").get(query)).path("items");
    StringBuilder lines = new StringBuilder();
    items.forEach(item -> lines.append(item).append('\n'));
    return lines.toString();
  }

  private static JsonNode proof(JsonNode request) {
    return Story.json(story.application().commandLine("mona").get(Story.path(request) + "/proof"));
  }

  @Test
  void erasesNothingOfWhichSomethingMayStillCome() {
    JsonNode open = story.proposeRefund("240.00");
    JsonNode unused = story.decides("rita", story.proposeRefund("241.00"), "approve");

    for (JsonNode request : List.of(open, unused)) {
      HttpResponse<String> answer = erase("otto", request, WHY);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
      assertThat(answer.body()).contains("closed, and whose grant was used or is over");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rita", "mona", "petra", "dora"})
  void isForOperatorsAndAuditors(String person) {
    assertThat(erase(person, rejected(), WHY).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"reason\":\"  \"}",
        "{\"reason\":1}",
        "{\"reason\":\"x\",\"force\":true}"
      })
  void asksForAReason(String body) {
    HttpResponse<String> answer = erase("otto", rejected(), body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("reason");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apr_0190b3d2-7b6e-7c21-9f5e-000000000000", "x", "apr_x"})
  void knowsNoRequestThatIsNotThere(String id) {
    HttpResponse<String> answer =
        story.application().commandLine("otto").post(Story.REQUESTS + "/" + id + "/erasure", WHY);
    assertThat(answer.statusCode()).isEqualTo(404);
  }
}
