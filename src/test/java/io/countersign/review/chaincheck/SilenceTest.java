package io.countersign.review.chaincheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the check says about silence is what happens when chains are played out in silence. */
class SilenceTest {

  private static final long CHAINS = Long.getLong("countersign.test.chains", 500);

  @Test
  void saysOfEveryMadeUpChainWhatPlayingItOutSays() {
    Map<Boolean, Integer> agreed = new HashMap<>();
    LongStream.range(0, CHAINS).forEach(seed -> compare(seed, agreed));

    assertThat(agreed.getOrDefault(true, 0)).as("silence approves").isGreaterThan(100);
    assertThat(agreed.getOrDefault(false, 0)).as("it does not").isGreaterThan(100);
  }

  private static void compare(long seed, Map<Boolean, Integer> agreed) {
    Sketch sketch = RandomSketch.of(seed);
    Models models =
        Models.read(Map.of("sketch.bpmn", sketch.bpmn().getBytes(StandardCharsets.UTF_8)));
    assertThat(models.unreadable()).as(() -> describe(seed, sketch, models.unreadable())).isEmpty();

    Drawing chain = models.drawing(Sketch.CHAIN);
    Tour silence = Tour.inSilence(chain, models, Vocabulary.shipped());
    Optional<Boolean> played = TokenGame.silenceApproves(sketch);
    if (isUnjoined(chain, models, silence) || played.isEmpty()) {
      // Refused as it is: how many tokens such a chain has is anybody's guess.
      return;
    }
    List<Finding> said = WalkRules.silentApprovals(silence);
    assertThat(said.isEmpty()).as(() -> describe(seed, sketch, said)).isEqualTo(!played.get());
    agreed.merge(played.get(), 1, Integer::sum);
  }

  private static boolean isUnjoined(Drawing chain, Models models, Tour silence) {
    return Stream.of(silence, Tour.of(chain, models, Vocabulary.shipped()))
        .flatMap(tour -> tour.notes().stream())
        .anyMatch(note -> note.rule().equals(Rules.JOINED_BRANCHES));
  }

  private static String describe(long seed, Sketch sketch, List<Finding> findings) {
    StringBuilder text = new StringBuilder("seed " + seed + "\n" + sketch.bpmn());
    findings.forEach(finding -> text.append('\n').append(finding.text()));
    return text.toString();
  }
}
