package io.countersign.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.delivery.Receiver.Received;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A channel that is down delays no other: the mail server is away, the role's channel is there. */
class MailsWaitIT {

  private static Story story;

  @BeforeAll
  static void start() {
    Map<String, String> settings = new HashMap<>();
    try (Post away = new Post()) {
      settings.putAll(away.settings());
    }
    settings.put(
        "countersign.delivery.endpoints.people.default.url", "http://" + Story.RECEIVER + "/team");
    story = Story.start(settings);
  }

  @AfterAll
  static void stop() {
    story.close();
  }

  @Test
  void tellsTheRoleWhileTheMailServerIsAway() throws Exception {
    JsonNode request = story.proposeRefund("240.00");

    Received asked = told("review.asked");
    JsonNode data = Story.json(new String(asked.body(), UTF_8));
    assertThat(data.path("type").asText()).isEqualTo("review.asked");
    assertThat(data.at("/data/requestId").asText()).isEqualTo(Story.id(request));
    assertThat(data.at("/data/headline").asText()).isEqualTo("Refund 240.00 EUR for order 10428");
    assertThat(data.at("/data/link").asText()).endsWith("/review/" + Story.id(request));
    assertThat(asked.header("webhook-signature")).contains("v1a,");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> mails(request, "last_error = 'the mail server took no mail'") == 2);

    story.decides("rita", request, "approve");
    JsonNode closed = Story.json(new String(told("review.closed").body(), UTF_8));
    assertThat(closed.at("/data/status").asText()).isEqualTo("approved");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> mails(request, "type = 'review.closed' and status = 'dropped'") == 1);
  }

  /** The agent's own webhooks arrive at the same place. */
  private static Received told(String type) throws Exception {
    while (true) {
      Received next = story.receiver().next();
      if (next.path().equals("/team") && new String(next.body(), UTF_8).contains(type)) {
        return next;
      }
    }
  }

  private static long mails(JsonNode request, String condition) {
    return JdbcClient.create(story.application().bean(DataSource.class))
        .sql(
            "select count(*) from delivery where endpoint = 'people:email' and request_id = ? and "
                + condition)
        .param(UUID.fromString(Story.id(request).substring(4)))
        .query(Long.class)
        .single();
  }
}
