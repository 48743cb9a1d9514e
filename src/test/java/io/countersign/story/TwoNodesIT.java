package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.testing.DueTimers;
import io.countersign.testing.SkewedNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many reviews fall due at the same moment, on one node and beside one whose clock is off. */
@Timeout(600)
class TwoNodesIT {

  private static Story story;
  private static DueTimers timers;

  @BeforeAll
  static void start() {
    story = Story.start(Map.of());
    timers = new DueTimers(story.application().database());
  }

  @AfterAll
  static void stop() {
    timers.close();
    story.close();
  }

  @BeforeEach
  void takeJobs() {
    story.application().bean(JobExecutor.class).start();
  }

  @Test
  void handlesThreeHundredAtTheSameMomentOnceEach() throws Exception {
    List<String> due = propose(300);

    timers.dueIn(Duration.ofSeconds(3), due);

    assertThat(told(300)).isEqualTo(Set.copyOf(due));
    DueTimers.Drain drain = timers.drain();
    assertThat(drain.expired()).as("%s", drain).isEqualTo(300);
    assertThat(drain.twice()).isZero();
    assertThat(drain.first()).isNotNegative();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT2H", "PT-2H"})
  void expiresNothingEarlyAndMissesNothingBesideANodeTwoHoursOff(Duration off) throws Exception {
    final long alarms = timers.recorded("node.clock_off");
    final long ends = timers.recorded("node.clock_right_again");
    try (SkewedNode skewed = SkewedNode.start(story.application().database(), callbacks(), off)) {
      List<String> notDue = propose(20);
      timers.dueIn(Duration.ofHours(1), notDue);

      List<String> due = propose(20);
      timers.dueIn(Duration.ofSeconds(3), due);
      assertThat(told(20)).as("handled by the healthy node").isEqualTo(Set.copyOf(due));
      assertThat(timers.drain().twice()).isZero();
      assertThat(skewed.clock().statusCode()).isEqualTo(503);
      JsonNode offset = Story.json(skewed.clock()).at("/components/clock/details/offsetMillis");
      assertThat(offset.asLong()).isBetween(off.toMillis() - 2000, off.toMillis() + 2000);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(timers.recorded("node.clock_off")).isEqualTo(alarms + 1));

      skewed.setRight();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(timers.recorded("node.clock_right_again")).isEqualTo(ends + 1));
      story.application().bean(JobExecutor.class).shutdown();
      List<String> more = propose(20);
      timers.dueIn(Duration.ofSeconds(3), more);
      assertThat(told(20)).as("handled by the other, right again").isEqualTo(Set.copyOf(more));

      assertThat(timers.triedInVain()).as("nothing was tried before its time").isZero();
      assertThat(notDue)
          .allSatisfy(id -> assertThat(status(id)).as("an hour early").isEqualTo("pending"));
    }
  }

  private static Map<String, String> callbacks() {
    return Map.of(
        "SPRING_APPLICATION_JSON",
        """
        {"countersign": {"delivery": {"allowed-addresses": ["%1$s"],
         "endpoints": {"billing-agent": {"default": {"url": "http://%1$s/webhooks"}}}}}}
        """
            .formatted(story.receiver().address()));
  }

  private static List<String> propose(int count) {
    return IntStream.range(0, count)
        .mapToObj(each -> Story.id(story.proposeRefund("240.00")))
        .toList();
  }

  /** Whom so many webhooks were about; each tells of an expiry. */
  private static Set<String> told(int count) throws Exception {
    Set<String> requests = new HashSet<>();
    for (int i = 0; i < count; i++) {
      JsonNode told =
          Story.json(new String(story.receiver().next().body(), StandardCharsets.UTF_8));
      assertThat(told.get("type").asText()).isEqualTo("approval.expired");
      requests.add(told.at("/data/requestId").asText());
    }
    return requests;
  }

  private static String status(String id) {
    return Story.json(story.application().agent("billing-agent").get(Story.REQUESTS + "/" + id))
        .get("status")
        .asText();
  }
}
