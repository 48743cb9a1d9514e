package io.countersign.audit.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Signer LOG = TestKeys.log("approve.example/log");
  private static final Signer WITNESS = TestKeys.witness("witness.example/w1");

  @Test
  void findsEachOfSomeHundredTamperings() {
    Tampering tampering = new Tampering(1500, 20261121);
    assertThat(tampering.isSound()).isTrue();
    assertThat(tampering.run(330).values()).hasSize(11).allMatch(found -> found == 30);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 512, 600})
  void acceptsASoundLogOfAnySize(int size) {
    TestLog log = TestLog.of(LOG, TestLog.entries(size), NOW, WITNESS);
    for (int old : new int[] {1, size / 2 + 1, size}) {
      TestLog older = TestLog.of(LOG, TestLog.entries(old), NOW);
      assertThat(findings(log, Optional.of(older.checkpoint()))).isEmpty();
    }
  }

  @Test
  void acceptsALogOfMoreThanTwoLevels() {
    TestLog log = TestLog.of(LOG, TestLog.entries(66_000), NOW, WITNESS);
    assertThat(findings(log, Optional.empty())).isEmpty();
    byte[] roots = log.file("tile/1/000").clone();
    roots[32 * 7] ^= 1;
    log.put("tile/1/000", roots);
    assertThat(findings(log, Optional.empty()))
        .containsExactly("tile/1/000: entries 1792 to 2047 differ");
  }

  @Test
  void saysWhichEntryIsNotTheOne() {
    List<byte[]> entries = new ArrayList<>(TestLog.entries(600));
    TestLog log = TestLog.of(LOG, entries, NOW, WITNESS);
    entries.set(300, "{}".getBytes(UTF_8));
    TestLog changed = TestLog.of(LOG, entries, NOW);
    String bundle = "tile/entries/001";
    log.put(bundle, changed.file(bundle));
    assertThat(findings(log, Optional.empty()))
        .containsExactly(
            "entry 300: is not the one whose hash is in tile/0/001",
            "tile/1/000.p/2: entries 256 to 511 differ",
            "root: the 600 entries are not those that were signed");
  }

  @Test
  void saysWhatIsMissing() {
    TestLog log = TestLog.of(LOG, TestLog.entries(600), NOW, WITNESS);
    log.remove("tile/entries/002.p/88");
    assertThat(findings(log, Optional.empty())).containsExactly("entries 512 to 599: missing");
  }

  @Test
  void saysThatTheLogWasRewrittenOrSetBack() {
    List<byte[]> entries = new ArrayList<>(TestLog.entries(600));
    SignedCheckpoint older = TestLog.of(LOG, entries, NOW).checkpoint();
    entries.set(3, "{}".getBytes(UTF_8));
    entries.addAll(TestLog.entries(9));
    assertThat(findings(TestLog.of(LOG, entries, NOW, WITNESS), Optional.of(older)))
        .containsExactly("rewritten: of the first 600 entries some were others before");
    assertThat(findings(TestLog.of(LOG, TestLog.entries(599), NOW, WITNESS), Optional.of(older)))
        .containsExactly("set back: had 600 entries before, has 599 now");
  }

  @Test
  void believesNoOtherKeyAndMissesTheWitness() {
    TestLog log = TestLog.of(LOG, TestLog.entries(5), NOW);
    assertThat(findings(log, Optional.empty()))
        .containsExactly("checkpoint: no valid signature of witness.example/w1");
    Signer other = TestKeys.log("approve.example/log");
    assertThat(new LogCheck(log, other.key()).run(Optional.empty(), List.of()).findings())
        .containsExactly("checkpoint: not signed by approve.example/log with this key");
    assertThat(
            new LogCheck(log, LOG.key())
                .run(
                    Optional.of(TestLog.of(other, TestLog.entries(2), NOW).checkpoint()), List.of())
                .findings())
        .containsExactly("older checkpoint: not signed by approve.example/log with this key");
  }

  private static List<String> findings(TestLog log, Optional<SignedCheckpoint> older) {
    return new LogCheck(log, LOG.key()).run(older, List.of(WITNESS.key())).findings();
  }
}
