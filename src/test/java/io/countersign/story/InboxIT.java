package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.shared.RequestId;
import io.countersign.testing.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What waits for whom, in which order, and many decisions at once. */
class InboxIT {

  private static Story story;

  @BeforeAll
  static void start() {
    // Its own: what others leave open would be in the lists.
    story = Story.start(Map.of());
  }

  @AfterAll
  static void stop() {
    story.close();
  }

  private static JsonNode inbox(String person, String query) {
    HttpResponse<String> answer =
        story.application().commandLine(person).get("/api/v1/inbox" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Story.json(answer);
  }

  private static List<String> ids(JsonNode page) {
    return texts(page.path("items"), "requestId");
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  /** Low consequence, and the agent itself wants it looked at. */
  private static JsonNode ticket(String title) {
    ObjectNode body = Proposals.JSON.createObjectNode().put("action", "create_ticket");
    body.put("confidence", 0.97).put("recommendedReview", true);
    body.putObject("parameters").put("title", title).put("body", "It is out of paper.");
    return story.propose("publishing-agent", body);
  }

  private static ObjectNode item(JsonNode request, String decision) {
    return Proposals.JSON
        .createObjectNode()
        .put("requestId", request.path("id").asText())
        .put("stage", "review")
        .put("decision", decision)
        .put("actionDigest", request.path("actionDigest").asText());
  }

  private static ObjectNode batch(List<ObjectNode> items) {
    ObjectNode body = Proposals.JSON.createObjectNode();
    ArrayNode list = body.putArray("items");
    list.addAll(items);
    return body;
  }

  private static HttpResponse<String> send(String person, Object batch) {
    return story.application().commandLine(person).post("/api/v1/decisions:batch", batch);
  }

  @Test
  void listsTheGravestFirstAndThenWhatIsDueFirst() {
    JsonNode low = ticket("Printer on floor 3");
    JsonNode grave = story.proposeRefundToReject("240.00");

    JsonNode page = inbox("rita", "?limit=100");

    assertThat(ids(page)).containsSubsequence(Story.id(grave), Story.id(low));
    assertThat(page.path("count").asInt()).isEqualTo(page.path("items").size());
    assertThat(texts(page.path("groups"), "action"))
        .containsSubsequence("process_refund", "create_ticket");
    JsonNode first = page.path("items").get(0);
    assertThat(first.path("severity").asText()).isEqualTo("high");
    assertThat(first.path("actionDigest").asText()).startsWith("sha-256:");
    assertThat(first.path("batch").asBoolean()).isFalse();
    assertThat(first.path("whyNotInBatch").asText()).contains("cannot be undone");
    assertThat(ids(inbox("rita", "?severity=low")))
        .contains(Story.id(low))
        .doesNotContain(Story.id(grave));
    assertThat(ids(inbox("rita", "?action=process_refund")))
        .contains(Story.id(grave))
        .doesNotContain(Story.id(low));
  }

  @Test
  void listsOnlyWhatIsOpenToTheCallersRoles() {
    JsonNode refund = story.proposeRefundToReject("241.00");

    assertThat(ids(inbox("leo", "?limit=100"))).doesNotContain(Story.id(refund));
    assertThat(inbox("mona", "").path("items")).isEmpty();

    story.decides("rita", refund, "redirect", "role", "legal-approver", "reason", "Ask legal.");

    assertThat(ids(inbox("leo", "?limit=100"))).contains(Story.id(refund));
    assertThat(ids(inbox("rita", "?limit=100"))).doesNotContain(Story.id(refund));
  }

  @Test
  void hidesWhatSomebodyElseHoldsAndWhatWaitsForTheAgent() {
    JsonNode held = story.proposeRefundToReject("242.00");
    story.decides("rita", held, "hand_on", "to", "raj", "reason", "He knows the customer.");

    assertThat(ids(inbox("rita", "?limit=100"))).doesNotContain(Story.id(held));
    assertThat(ids(inbox("raj", "?held=me"))).contains(Story.id(held));
    assertThat(ids(inbox("raj", "?held=nobody&limit=100"))).doesNotContain(Story.id(held));

    story.decides("raj", held, "ask", "question", "Which order?");

    assertThat(ids(inbox("raj", "?limit=100"))).doesNotContain(Story.id(held));
  }

  @Test
  void hidesWhatTheCallerStandsBehind() {
    ObjectNode body = Proposals.refund("243.00", 0.72).put("onBehalfOf", "raj");
    JsonNode request = story.propose("billing-agent", body);

    assertThat(ids(inbox("rita", "?limit=100"))).contains(Story.id(request));
    assertThat(ids(inbox("raj", "?limit=100"))).doesNotContain(Story.id(request));
  }

  @Test
  void forgetsWhatIsDecidedOrWithdrawn() {
    JsonNode decided = story.proposeRefundToReject("244.00");
    JsonNode withdrawn = story.proposeRefundToReject("245.00");
    assertThat(ids(inbox("rita", "?limit=100"))).contains(Story.id(decided), Story.id(withdrawn));

    story.decides("rita", decided, "reject", "reason", "Not without the receipt.");
    story.says(
        withdrawn, "/withdrawal", Proposals.JSON.createObjectNode().put("reason", "Not needed."));

    assertThat(ids(inbox("rita", "?limit=100")))
        .doesNotContain(Story.id(decided), Story.id(withdrawn));
  }

  @Test
  void asksAgainWhoSaidYesToAnEarlierVersion() {
    JsonNode request = story.proposeRefundToReject("700.00");
    story.decides("rita", request, "approve");
    assertThat(ids(inbox("rita", "?limit=100"))).doesNotContain(Story.id(request));
    JsonNode parameters = request.path("parameters").deepCopy();
    String edited = ((ObjectNode) parameters).put("amount", "650.00").toString();

    story.decides("fiona", request, "edit", "parameters", edited, "reason", "Less tax.");

    assertThat(ids(inbox("rita", "?limit=100"))).contains(Story.id(request));
  }

  /** No sample asks several people the same: one of its two stages is made a seat of the other. */
  @Test
  void asksOthersForTheOtherSeat() throws SQLException {
    JsonNode request = story.proposeRefundToReject("710.00");
    story.decides("rita", request, "approve");
    try (var connection = story.application().database().asOwner();
        var seat =
            connection.prepareStatement(
                "update stage set part = 'review', roles = 'reviewer' where name = 'finance'"
                    + " and request_id = ?")) {
      seat.setObject(1, RequestId.of(Story.id(request)).uuid());
      assertThat(seat.executeUpdate()).isOne();
    }

    assertThat(ids(inbox("rita", "?limit=100"))).doesNotContain(Story.id(request));
    assertThat(ids(inbox("raj", "?limit=100"))).contains(Story.id(request));
  }

  @Test
  void pagesThroughEverythingOnce() {
    IntStream.range(0, 7).forEach(n -> ticket("Page " + n));
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = inbox("raj", "?action=create_ticket&limit=3&cursor=" + cursor);
      assertThat(page.path("items").size()).isLessThanOrEqualTo(3);
      seen.addAll(ids(page));
      cursor = page.path("nextCursor").asText();
    } while (!cursor.isEmpty());

    assertThat(seen)
        .doesNotHaveDuplicates()
        .hasSize(inbox("raj", "?action=create_ticket").path("count").asInt());
  }

  @Test
  void refusesWhatTheAddressMustNotSay() {
    Visitor rita = story.application().commandLine("rita");
    Map.of(
            "limit=0", "limit",
            "limit=101", "limit",
            "severity=grave", "severity",
            "held=raj", "held",
            "cursor=0_x_y", "cursor",
            "cursor=%27%3B", "cursor")
        .forEach(
            (query, field) -> {
              HttpResponse<String> answer = rita.get("/api/v1/inbox?" + query);
              assertThat(answer.statusCode()).as(query).isEqualTo(400);
              assertThat(Story.json(answer).at("/errors/0/field").asText()).isEqualTo(field);
            });
    assertThat(story.application().agent("billing-agent").get("/api/v1/inbox").statusCode())
        .isEqualTo(403);
    assertThat(story.application().anybody().get("/api/v1/inbox").statusCode()).isEqualTo(401);
  }

  @Test
  void decidesManyAtOnceAndEachByItself() {
    JsonNode good = ticket("Batch: good");
    JsonNode other = ticket("Batch: other content");
    JsonNode late = ticket("Batch: too late");
    JsonNode grave = story.proposeRefundToReject("246.00");
    story.decides("raj", late, "reject", "reason", "Twice.");
    ObjectNode forged = item(other, "approve").put("actionDigest", "sha-256:" + "0".repeat(64));
    ObjectNode unknown =
        item(good, "approve").put("requestId", "apr_0190b3d2-7b6e-7c21-9f5e-000000000000");
    Object batch =
        batch(
            List.of(
                item(good, "approve"),
                forged,
                item(late, "approve"),
                item(grave, "approve"),
                unknown));

    JsonNode results = Story.json(send("rita", batch)).path("results");

    assertThat(texts(results, "status"))
        .containsExactly("decided", "refused", "refused", "refused", "refused");
    assertThat(results.get(0).path("outcome").asText()).isEqualTo("approved");
    assertThat(results.at("/3/problem/detail").asText()).contains("cannot be undone");
    assertThat(results.get(4).at("/problem/status").asInt()).isEqualTo(404);
    assertThat(story.now(good).path("status").asText()).isEqualTo("approved");
    assertThat(story.now(other).path("status").asText()).isEqualTo("pending");
    assertThat(story.now(grave).path("status").asText()).isEqualTo("pending");
    // The same again: nothing changes, and what was kept says so.
    assertThat(texts(Story.json(send("rita", batch)).path("results"), "status"))
        .startsWith("decided");
  }

  @Test
  void rejectsTogetherWhatCanOnlyBeApprovedAlone() {
    JsonNode grave = story.proposeRefundToReject("247.00");

    HttpResponse<String> silent = send("rita", batch(List.of(item(grave, "reject"))));
    HttpResponse<String> said =
        send("rita", batch(List.of(item(grave, "reject").put("reason", "Not this quarter."))));

    assertThat(Story.json(silent).at("/results/0/status").asText()).isEqualTo("refused");
    assertThat(Story.json(said).at("/results/0/outcome").asText()).isEqualTo("rejected");
  }

  @Test
  void refusesBatchesOfAWrongShapeWhole() {
    JsonNode request = ticket("Shape");
    ObjectNode good = item(request, "approve");
    List<ObjectNode> tooMany = IntStream.range(0, 51).mapToObj(n -> good).toList();
    ObjectNode edit = item(request, "edit");
    edit.putObject("parameters").put("title", "Other");
    Map.of(
            "{}",
            "/items",
            "{\"items\":[]}",
            "/items",
            batch(tooMany).toString(),
            "/items",
            "{\"items\":[7]}",
            "/items/0",
            batch(List.of(good, good)).toString(),
            "/items/1",
            batch(List.of(edit)).toString(),
            "/items/0",
            batch(List.of(good.deepCopy().put("actionDigest", "sha-1:1"))).toString(),
            "/items/0/actionDigest",
            batch(List.of(good.deepCopy().put("decision", "agree"))).toString(),
            "/items/0/decision")
        .forEach(
            (body, field) -> {
              HttpResponse<String> answer = send("rita", body);
              assertThat(answer.statusCode()).as(body).isEqualTo(422);
              assertThat(Story.json(answer).at("/errors/0/field").asText())
                  .as(body)
                  .isEqualTo(field);
            });
    assertThat(story.now(request).path("status").asText()).isEqualTo("pending");
  }

  @Test
  void tellsOpenInboxesOfChanges() throws Exception {
    try (var events = events("rita")) {
      JsonNode request = ticket("Told at once");
      assertThat(events.next()).isEqualTo("event:changed");

      story.decides("rita", request, "approve");
      assertThat(events.next()).isEqualTo("event:changed");
    }
  }

  @Test
  void lastsForTwentyOpenInboxesOfOnePerson() throws Exception {
    List<Events> open = new ArrayList<>();
    try {
      for (int n = 0; n < 20; n++) {
        open.add(events("sam"));
      }
      Visitor sam = story.application().commandLine("sam");
      assertThat(sam.knock("/api/v1/inbox/events")).isEqualTo(429);
      assertThat(story.application().commandLine("fiona").knock("/api/v1/inbox/events"))
          .isEqualTo(200);
    } finally {
      for (Events each : open) {
        each.close();
      }
    }
  }

  private static Events events(String person) throws Exception {
    var request =
        HttpRequest.newBuilder(story.application().url().resolve("/api/v1/inbox/events"))
            .header("Authorization", "Bearer " + story.application().personalToken(person))
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    var events =
        new Events(
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    // The first comment: from here on, changes are heard.
    assertThat(events.reader().readLine()).isEqualTo(":");
    return events;
  }

  private record Events(BufferedReader reader) implements AutoCloseable {

    String next() throws IOException {
      String line = reader.readLine();
      while (line != null && !line.startsWith("event:")) {
        line = reader.readLine();
      }
      return String.valueOf(line);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
