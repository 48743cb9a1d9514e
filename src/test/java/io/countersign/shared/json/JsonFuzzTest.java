package io.countersign.shared.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonFuzzTest {

  private static final long SEED = 20261121;

  @Test
  void agreesWithACanonicaliserThatIsNotOurs() throws Exception {
    JsonFuzz.Result result = JsonFuzz.run(SEED, 5_000);

    assertThat(result.findings()).isEmpty();
    assertThat(result.taken()).as("documents that passed the gate").isGreaterThan(1_000);
    assertThat(result.taken()).as("documents that did not").isLessThan(4_900);
  }
}
