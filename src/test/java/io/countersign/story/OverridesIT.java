package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class OverridesIT {

  private static final String OVERRIDES = "/api/v1/overrides";

  private final Story story = Story.shared();
  private final String run = UUID.randomUUID().toString();

  @Test
  void tightensAtOnceAndTakesTwoPeopleToLoosen() {
    assertThat(status(propose(run))).isEqualTo("approved");

    var placed = place(wish("run", run, "human_review"));

    var asked = propose(run);
    assertThat(status(asked)).isEqualTo("pending");
    assertThat(asked.get("reasons"))
        .contains(
            Story.json("{\"rule\":\"override\",\"text\":\"An operator decided: ledger is down\"}"));
    assertThat(status(propose(UUID.randomUUID().toString()))).isEqualTo("approved");

    assertThat(confirm("petra", placed).statusCode()).as("nobody has asked").isEqualTo(409);
    assertThat(status(Story.json(askEnding("otto", placed)))).isEqualTo("ending_asked");
    assertThat(status(propose(run))).isEqualTo("pending");
    assertThat(confirm("otto", placed).statusCode()).as("the same person").isEqualTo(409);
    assertThat(confirm("rita", placed).statusCode()).isEqualTo(403);
    assertThat(status(propose(run))).isEqualTo("pending");

    var ended = confirm("petra", placed);

    assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
    assertThat(Story.json(ended).get("endedBy").asText()).isEqualTo("petra");
    assertThat(status(propose(run))).isEqualTo("approved");
    assertThat(confirm("petra", placed).statusCode()).as("twice").isEqualTo(409);
    assertThat(recorded(placed))
        .containsExactly("override.placed", "override.ending_asked", "override.ended");
  }

  @Test
  void stopsOneAgentAndNoOther() {
    var placed = place(wish("agent", "procurement-agent", "block"));
    try {
      var blocked = story.propose("procurement-agent", query());
      assertThat(status(blocked)).isEqualTo("blocked");
      assertThat(blocked.at("/reasons/0/rule").asText()).isEqualTo("override");
      assertThat(status(story.propose("publishing-agent", query()))).isEqualTo("approved");
    } finally {
      askEnding("otto", placed);
      assertThat(confirm("petra", placed).statusCode()).isEqualTo(200);
    }
    assertThat(status(story.propose("procurement-agent", query()))).isEqualTo("approved");
  }

  @Test
  void listsWhatIsInForceAndWhatIsOver() {
    var placed = place(wish("run", run, "escalate"));

    assertThat(listed("petra", "in_force")).contains(id(placed));
    assertThat(listed("axel", "over")).doesNotContain(id(placed));
    askEnding("otto", placed);
    confirm("petra", placed);
    assertThat(listed("otto", "in_force")).doesNotContain(id(placed));
    assertThat(listed("otto", "over")).contains(id(placed));
    assertThat(commandLine("otto").get(OVERRIDES + "?status=all").statusCode()).isEqualTo(400);
    assertThat(commandLine("otto").get(OVERRIDES + "?limit=0").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rita", "petra", "axel", "mona", "dora"})
  void letsNobodyButOperatorsTighten(String person) {
    var body = wish("run", run, "block");

    assertThat(commandLine(person).post(OVERRIDES, body).statusCode()).isEqualTo(403);
    assertThat(status(propose(run))).isEqualTo("approved");
  }

  @Test
  void takesNoAgentsTokenAndNoSessionWithoutTheTokenAgainstForgery() {
    var body = wish("run", run, "block");

    assertThat(story.application().anybody().post(OVERRIDES, body).statusCode()).isEqualTo(401);
    assertThat(story.application().agent("billing-agent").post(OVERRIDES, body).statusCode())
        .isEqualTo(403);
    var otto = story.session("otto");
    assertThat(otto.post(OVERRIDES, body, Map.of("X-COUNTERSIGN-XSRF", "")).statusCode())
        .isEqualTo(403);
    assertThat(otto.post(OVERRIDES, body).statusCode()).isEqualTo(201);
    assertThat(status(propose(run))).isEqualTo("blocked");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'scope': {}} | /scope",
        "{'scope': {'run': 'r', 'agent': 'a'}} | /scope",
        "{'scope': {'person': 'rita'}} | /scope",
        "{'scope': {'all': false}} | /scope/all",
        "{'scope': {'run': ' '}} | /scope/run",
        "{'scope': {'agent': 7}} | /scope/agent",
        "{'scope': {'action': 'process_refnd'}} | /scope/action",
        "{'route': 'auto_approve'} | /route",
        "{'route': null} | /route",
        "{'until': '2020-01-01T00:00:00Z'} | /until",
        "{'until': '2999-01-01T00:00:00Z'} | /until",
        "{'until': 'tomorrow'} | /until",
        "{'reason': ''} | /reason",
        "{'reason': null} | /reason"
      })
  void namesTheFieldThatIsWrong(String change, String field) {
    ObjectNode body = wish("run", run, "block");
    body.setAll((ObjectNode) Story.json(change.replace('\'', '"')));

    var answer = commandLine("otto").post(OVERRIDES, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(Story.json(answer).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void keepsWhatWasTightenedEvenFromTheApplicationItself() {
    var placed = place(wish("run", run, "block"));
    var application = JdbcClient.create(story.application().bean(DataSource.class));

    for (var change :
        new String[] {
          "update operator_override set reason = 'other' where id = ?::uuid",
          "update operator_override set ends_at = placed_at + interval '1 s' where id = ?::uuid",
          "delete from operator_override where id = ?::uuid"
        }) {
      assertThatThrownBy(() -> application.sql(change).param(id(placed)).update())
          .hasStackTraceContaining("permission denied");
    }
  }

  private JsonNode propose(String run) {
    ObjectNode body = Proposals.refund("1.00", 0.97);
    body.putObject("run").put("id", run);
    return story.propose("billing-agent", body);
  }

  private static ObjectNode query() {
    ObjectNode body = Proposals.JSON.createObjectNode().put("action", "query_crm");
    body.put("confidence", 0.99).putObject("parameters").put("customerId", "5512");
    return body;
  }

  private ObjectNode wish(String scope, String target, String route) {
    ObjectNode body = Proposals.JSON.createObjectNode().put("route", route);
    body.put("reason", "ledger is down");
    body.put("until", story.application().bean(Clock.class).instant().plus(HOUR).toString());
    body.putObject("scope").put(scope, target);
    return body;
  }

  private static final Duration HOUR = Duration.ofHours(1);

  private JsonNode place(ObjectNode wish) {
    var answer = commandLine("otto").post(OVERRIDES, wish);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Story.json(answer);
  }

  private HttpResponse<String> askEnding(String person, JsonNode override) {
    return commandLine(person)
        .post(OVERRIDES + "/" + id(override) + "/ending", Map.of("reason", "ledger is back"));
  }

  private HttpResponse<String> confirm(String person, JsonNode override) {
    return commandLine(person).post(OVERRIDES + "/" + id(override) + "/confirmation", Map.of());
  }

  private List<String> listed(String person, String status) {
    var answer = commandLine(person).get(OVERRIDES + "?limit=200&status=" + status);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Story.json(answer).get("items").findValuesAsText("id");
  }

  private List<String> recorded(JsonNode override) {
    return JdbcClient.create(story.application().bean(DataSource.class))
        .sql("select type from audit_entry where facts like ? order by seq")
        .param("%" + id(override) + "%")
        .query(String.class)
        .list();
  }

  private Visitor commandLine(String person) {
    return story.application().commandLine(person);
  }

  private static String status(JsonNode resource) {
    return resource.get("status").asText();
  }

  private static String id(JsonNode resource) {
    return resource.get("id").asText();
  }
}
