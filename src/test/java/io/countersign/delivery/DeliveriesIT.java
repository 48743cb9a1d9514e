package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.shared.problem.ProblemAdvice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

@Timeout(60)
class DeliveriesIT {

  private static final String PATH = "/api/v1/deliveries";

  private final MigratedDatabase database = new MigratedDatabase();
  private Receiver receiver;
  private Node node;
  private MockMvc http;

  @BeforeEach
  void start() throws Exception {
    receiver = new Receiver();
    node =
        new Node(
            database,
            new MovableClock(),
            Map.of(
                "countersign.delivery.endpoints.a.default.url",
                "http://" + receiver.address(),
                "countersign.delivery.allowed-addresses",
                receiver.address()));
    http =
        MockMvcBuilders.standaloneSetup(new DeliveriesController(node.part(DeliveryRecords.class)))
            .setControllerAdvice(new ProblemAdvice())
            .build();
  }

  @AfterEach
  void stop() {
    node.close();
    receiver.close();
    database.close();
  }

  @Test
  void listsWhatWasGivenUpWithoutBodies() throws Exception {
    String id = giveUp("the body");

    http.perform(get(PATH))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.items.length()").value(1))
        .andExpect(jsonPath("$.items[0].id").value(id))
        .andExpect(jsonPath("$.items[0].endpoint").value("a/default"))
        .andExpect(jsonPath("$.items[0].status").value("given_up"))
        .andExpect(jsonPath("$.items[0].attempts").value(1))
        .andExpect(jsonPath("$.items[0].lastStatus").value(410))
        .andExpect(jsonPath("$.next").doesNotExist())
        .andExpect(content().string(not(containsString("the body"))));
    http.perform(get(PATH).param("status", "delivered"))
        .andExpect(jsonPath("$.items.length()").value(0));
  }

  @Test
  void pagesFromTheNewestToTheOldestWithoutGapOrRepeat() throws Exception {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      given.add(0, giveUp("{}"));
    }
    List<String> seen = new ArrayList<>();
    String next = null;
    do {
      var request = get(PATH).param("limit", "2");
      JsonNode page =
          new ObjectMapper()
              .readTree(
                  http.perform(next == null ? request : request.param("after", next))
                      .andReturn()
                      .getResponse()
                      .getContentAsString());
      page.get("items").forEach(item -> seen.add(item.get("id").asText()));
      next = page.path("next").asText(null);
    } while (next != null);

    assertThat(seen).isEqualTo(given);
  }

  @Test
  void sendsAGivenUpMessageAnewAtOnceAndAuditsWhoAskedForIt() throws Exception {
    String id = giveUp("{}");
    receiver.answers(Receiver.status(204));

    http.perform(post(PATH + "/" + id + "/redrive").principal(() -> "otto"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.status").value("pending"));

    assertThat(receiver.next().header("webhook-id")).isEqualTo(id);
    await().until(() -> statusOf(id).equals("delivered"));
    assertThat(
            database
                .asOwner()
                .sql("select actor from audit_entry where type = 'delivery.redriven'")
                .query(String.class)
                .single())
        .isEqualTo("person:otto");
    http.perform(post(PATH + "/" + id + "/redrive").principal(() -> "otto"))
        .andExpect(status().isConflict())
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("$.type").value("urn:countersign:problem:conflict"))
        .andExpect(jsonPath("$.detail").value(containsString("this one is delivered")));
  }

  @Test
  void knowsNoDeliveryThatIsNotThere() throws Exception {
    http.perform(post(PATH + "/msg_none/redrive").principal(() -> "otto"))
        .andExpect(status().isNotFound())
        .andExpect(content().contentType("application/problem+json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"status=open", "limit=0", "limit=201", "after=x", "after=msg_'"})
  void refusesAParameterAndNamesIt(String query) throws Exception {
    String[] parameter = query.split("=");
    http.perform(get(PATH).param(parameter[0], parameter[1]))
        .andExpect(status().isBadRequest())
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("$.errors[0].field").value(parameter[0]));
  }

  private String giveUp(String body) throws Exception {
    receiver.answers(Receiver.status(410));
    node.send(
        new OutgoingMessage(
            "a/default",
            "approval.decided",
            Optional.empty(),
            body.getBytes(StandardCharsets.UTF_8)));
    String id = receiver.next().header("webhook-id");
    await().until(() -> statusOf(id).equals("given_up"));
    return id;
  }

  private String statusOf(String id) {
    return database
        .asOwner()
        .sql("select status from delivery where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }
}
