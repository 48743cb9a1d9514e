package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.client.GrantCheck;
import io.countersign.client.GrantCheck.NotPermitted;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An executor that only knows the published keys carries out what was approved, and nothing else.
 */
class OfflineGrantIT {

  private static Story story;
  private static String keys;
  private static String grant;
  private static ObjectNode parameters;
  private static GrantCheck check;

  @BeforeAll
  static void start() {
    story = Story.shared();
    keys = story.application().anybody().get("/.well-known/jwks.json").body();
    JsonNode decision =
        story.decides("rita", story.proposeRefund("240.00"), "approve").get("decision");
    grant = decision.get("grant").asText();
    parameters = decision.get("parameters").deepCopy();
    check = check("action-executor", Clock.systemUTC());
  }

  private static GrantCheck check(String executor, Clock clock) {
    return new GrantCheck(story.application().url().toString(), executor, clock);
  }

  @Test
  void permitsExactlyWhatWasApprovedHoweverItIsWritten() throws Exception {
    String id = check.requirePermits(keys, grant, "process_refund", parameters.toString());
    String pretty = parameters.toPrettyString().replace("EUR", "\\u0045UR");

    assertThat(id).matches("[0-9a-f-]{36}");
    assertThat(check.requirePermits(keys, grant, "process_refund", pretty)).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "amount, 999.00",
    "amount, 240.0",
    "orderId, 10429",
    "note, more",
  })
  void permitsNothingElse(String field, String value) {
    ObjectNode changed = parameters.deepCopy().put(field, value);

    refuses(check, keys, grant, "process_refund", changed.toString(), "something else");
  }

  @Test
  void refusesOtherToolsExecutorsTimesAndIssuers() {
    String same = parameters.toString();
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(6));
    GrantCheck elsewhere =
        new GrantCheck("https://other.example", "action-executor", Clock.systemUTC());

    refuses(check, keys, grant, "delete_records", same, "something else");
    refuses(check("somebody", Clock.systemUTC()), keys, grant, "process_refund", same, "executor");
    refuses(check("action-executor", later), keys, grant, "process_refund", same, "over");
    refuses(elsewhere, keys, grant, "process_refund", same, "another installation");
  }

  @Test
  void refusesWhatWeDidNotSignAsAGrant() {
    String same = parameters.toString();
    String[] parts = grant.split("\\.");
    String others = keys.replace("\"grants\"", "\"webhooks\"");
    String flipped = parts[2].charAt(0) == 'A' ? "B" : "A";

    refuses(check, others, grant, "process_refund", same, "not published for grants");
    refuses(check, "{\"keys\":[]}", grant, "process_refund", same, "not published for grants");
    refuses(
        check,
        keys,
        parts[0] + "." + parts[1] + "." + flipped + parts[2].substring(1),
        "process_refund",
        same,
        "signature");
    refuses(check, keys, "a.b.c", "process_refund", same, "cannot be read");
    refuses(check, keys, grant, "process_refund", "{\"amount\":", "cannot be read");
  }

  private static void refuses(
      GrantCheck by, String keys, String grant, String action, String parameters, String why) {
    assertThatThrownBy(() -> by.requirePermits(keys, grant, action, parameters))
        .isInstanceOf(NotPermitted.class)
        .hasMessageContaining(why);
  }
}
