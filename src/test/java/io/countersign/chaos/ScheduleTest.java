package io.countersign.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Parameters ALL = Parameters.parse(List.of(), 5);

  @Test
  void repeatsItselfForTheSameSeed() {
    assertThat(Schedule.of(ALL)).isEqualTo(Schedule.of(Parameters.parse(List.of("seed=5"), 6)));
    assertThat(Schedule.of(ALL)).isNotEqualTo(Schedule.of(Parameters.parse(List.of(), 6)));
  }

  @Test
  void hasAsManyFaultsOfEachKindAsWereAskedFor() {
    var counts =
        Schedule.of(ALL).stream()
            .collect(Collectors.groupingBy(Fault::kind, Collectors.counting()));

    assertThat(counts)
        .containsEntry("Kill", 50L)
        .containsEntry("DatabaseCrash", 20L)
        .containsEntry("Pause", 20L)
        .containsEntry("Cut", 17L)
        .containsEntry("Stall", 17L)
        .containsEntry("Orphans", 16L)
        .containsEntry("ClockJump", 10L)
        .containsEntry("KeycloakCrash", 5L)
        .containsEntry("KeycloakHang", 5L)
        .containsEntry("DiskError", 10L);
  }

  @Test
  void pausesLongerThanJobsAreHeld() {
    assertThat(Schedule.of(ALL))
        .filteredOn(Fault.Pause.class::isInstance)
        .allSatisfy(pause -> assertThat(((Fault.Pause) pause).time()).isGreaterThan(ALL.lock()));
  }

  @Test
  void meansTheSameWithTheSameProposalsAndLetsNothingExpireTooLate() {
    List<Intent> intents = intents(5);

    assertThat(intents).isEqualTo(intents(5)).isNotEqualTo(intents(6));
    assertThat(intents).contains(Intent.values());
    assertThat(intents.subList(501, 1_000)).doesNotContain(Intent.EXPIRE);
  }

  private static List<Intent> intents(long seed) {
    return IntStream.range(0, 1_000).mapToObj(number -> Intent.of(seed, number, 1_000)).toList();
  }

  @Test
  void refusesParametersThatMeanNothing() {
    assertThatThrownBy(() -> Parameters.parse(List.of("kils=3"), 1)).hasMessageContaining("kils");
    assertThatThrownBy(() -> Parameters.parse(List.of("kills"), 1)).hasMessageContaining("kills");
    assertThat(Parameters.parse(List.of("kills=3", "lock=5"), 1).kills()).isEqualTo(3);
  }
}
