package io.countersign.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.AuditSettings.WitnessSettings;
import io.countersign.audit.merkle.TestKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditSettingsTest {

  private static final String WITNESS = TestKeys.witness("witness.example").key().toString();
  private static final String LOG = TestKeys.log("log.example").key().toString();

  @Test
  void asksAllWitnessesUnlessTold() {
    assertThat(settings(null, WITNESS, null).required()).isEqualTo(1);
    assertThat(settings(null, WITNESS, 0).required()).isEqualTo(0);
    assertThat(settings("", WITNESS, null).place()).isEmpty();
  }

  @Test
  void refusesAWitnessKeyThatIsALogs() {
    assertThatThrownBy(() -> settings(null, LOG, null))
        .hasMessageStartingWith("countersign.audit.witnesses: expected verifier keys of type 4");
  }

  @ParameterizedTest
  @CsvSource({
    "/no/such/place, x, 0, second-place",
    ", x, 2, quorum",
    ", x, -1, quorum",
    ", nonsense, 0, witnesses",
  })
  void refusesASettingAndNamesIt(@Nullable String place, String key, int quorum, String named) {
    assertThatThrownBy(() -> settings(place, key.equals("x") ? WITNESS : key, quorum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("countersign.audit." + named + ": expected ");
  }

  private static AuditSettings settings(
      @Nullable String place, String witness, @Nullable Integer quorum) {
    return new AuditSettings(
        null,
        place,
        List.of(LOG),
        List.of(new WitnessSettings("https://witness.example", witness)),
        quorum);
  }
}
