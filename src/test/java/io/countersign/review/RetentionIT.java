package io.countersign.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.testing.RunningApplication;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Content is kept as long as it may be, and no longer; what can still be used is kept. */
class RetentionIT {

  private static final String REQUESTS = "/api/v1/approval-requests";
  private static final Duration KEEP = Duration.ofDays(30);

  private static RunningApplication application;

  @BeforeAll
  static void start() {
    application = RunningApplication.start(Map.of());
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  private static Retention after(Duration time, @Nullable Duration keep) {
    return new Retention(
        application.bean(Erasures.class),
        JdbcClient.create(application.bean(DataSource.class)),
        Clock.offset(Clock.systemUTC(), time),
        keep);
  }

  @Test
  void erasesWhatWasClosedLongEnoughAgo() throws Exception {
    String rejected = decided("reject");
    String unused = decided("approve");
    String open = proposed().path("id").asText();

    assertThat(after(KEEP.minusMinutes(1), KEEP).run()).isZero();
    assertThat(status(rejected)).isEqualTo(200);
    assertThat(after(KEEP.plusMinutes(1), KEEP).run()).isEqualTo(1);

    assertThat(status(rejected)).isEqualTo(410);
    assertThat(status(unused)).as("its grant can be used").isEqualTo(200);
    assertThat(status(open)).isEqualTo(200);
    assertThat(after(KEEP.plusMinutes(1), KEEP).run()).as("once").isZero();
  }

  @Test
  void keepsEverythingUnlessItIsTold() throws Exception {
    String rejected = decided("reject");

    assertThat(after(Duration.ofDays(10_000), null).run()).isZero();
    assertThat(status(rejected)).isEqualTo(200);
  }

  private static int status(String id) {
    return application.agent("billing-agent").get(REQUESTS + "/" + id).statusCode();
  }

  private static JsonNode proposed() throws Exception {
    String body =
        """
        {"action":"process_refund","confidence":0.72,
         "parameters":{"orderId":"%s","amount":"240.00","currency":"EUR"}}"""
            .formatted(UUID.randomUUID());
    return new ObjectMapper()
        .readTree(
            application
                .agent("billing-agent")
                .post(REQUESTS, body, Map.of("Idempotency-Key", UUID.randomUUID().toString()))
                .body());
  }

  private static String decided(String decision) throws Exception {
    JsonNode request = proposed();
    String id = request.path("id").asText();
    HttpResponse<String> answer =
        application
            .commandLine("rita")
            .post(
                REQUESTS + "/" + id + "/decisions",
                Map.of(
                    "decision",
                    decision,
                    "reason",
                    "So be it.",
                    "actionDigest",
                    request.path("actionDigest").asText()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return id;
  }
}
