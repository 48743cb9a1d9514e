package io.countersign.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small storm, the same every time unless CHAOS_SEED says another; {@code bench/chaos} is large.
 */
@Timeout(1200)
class ChaosIT {

  private static final long SEED = 7;

  @Test
  void keepsItsPromisesWhateverFails(@TempDir Path folder) throws Exception {
    String seed = System.getenv("CHAOS_SEED");
    Parameters parameters = Parameters.small(seed == null ? SEED : Long.parseLong(seed));

    Storm.Result result =
        new Storm(parameters, folder, line -> {}).rage(System.getenv(Chaos.FAKETIME));

    assertThat(result.guilty()).as("%s%n%s", parameters, result.tally()).isEmpty();
    assertThat(result.struck().of("Kill")).isEqualTo(parameters.kills());
    assertThat(result.struck().of("DatabaseCrash")).isEqualTo(parameters.crashes());
    assertThat(result.evidence().acknowledged()).hasSize(parameters.proposals());
    assertThat(result.evidence().effects()).hasSizeGreaterThan(parameters.proposals() / 3);
    assertThat(result.tally().of("redeem as OTHER_BYTES 422 other-action")).isPositive();
    assertThat(result.tally().of("redeem as SECOND_KEY 409 grant-redeemed")).isPositive();
    assertThat(result.tally().of("ended expired")).isPositive();
  }
}
