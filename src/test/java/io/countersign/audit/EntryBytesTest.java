package io.countersign.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.shared.RequestId;
import io.countersign.shared.json.CanonicalJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntryBytesTest {

  private static final Instant AT = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final RequestId REQUEST = RequestId.of("apr_0197f3a0-0000-7000-8000-000000000001");

  /** These bytes are hashed for ever: if this test fails, mend the code and not the test. */
  @Test
  void writesTheSameBytesForEver() {
    byte[] bytes =
        EntryBytes.of(
            7, AT, "request.proposed", REQUEST, "agent:billing-agent", "{\"action\":\"x\"}");
    assertThat(new String(bytes, UTF_8))
        .isEqualTo(
            "{\"actor\":\"agent:billing-agent\",\"at\":\"2026-11-21T12:00:00.123456Z\","
                + "\"entry\":7,\"facts\":{\"action\":\"x\"},"
                + "\"request\":\"apr_0197f3a0-0000-7000-8000-000000000001\","
                + "\"type\":\"request.proposed\",\"v\":1}");
  }

  @Test
  void writesCanonicalJson() throws Exception {
    byte[] bytes =
        EntryBytes.of(
            9_007_199_254_740_991L,
            AT,
            "override.set",
            null,
            "person:\u2028\"\\\u0001ü\ud83d\ude00",
            "{\"a\":[1,2.5,\"\u20ac\"],\"b\":null}");
    assertThat(bytes).isEqualTo(CanonicalJson.bytes(new ObjectMapper().readTree(bytes)));
  }

  @Test
  void refusesWhatTheLogCouldNotHold() {
    String room = "x".repeat(65_535 - frame());
    EntryBytes.requireRoom(AT, "t", null, "a", "\"" + room + "\"");
    assertThatThrownBy(() -> EntryBytes.requireRoom(AT, "t", null, "a", "\"" + room + "x\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "audit entry t: expected at most 65,535 bytes, found 65536;"
                + " facts are digests and references");
  }

  private static int frame() {
    return EntryBytes.of(Long.MAX_VALUE, AT, "t", null, "a", "\"\"").length;
  }
}
