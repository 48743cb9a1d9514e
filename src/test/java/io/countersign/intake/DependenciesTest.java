package io.countersign.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DependenciesTest {

  @Test
  void putsEveryStepThatNothingConnectsIntoAGroupOfItsOwn() {
    assertThat(of(Set.of(), Set.of(), Set.of()).groups())
        .containsExactly(Set.of(0), Set.of(1), Set.of(2));
  }

  @Test
  void connectsStepsWhicheverDependsOnWhich() {
    Dependencies fork = of(Set.of(), Set.of(), Set.of(0), Set.of(0), Set.of(1));

    assertThat(fork.groups()).containsExactly(Set.of(0, 2, 3), Set.of(1, 4));
    assertThat(fork.isCircular()).isFalse();
  }

  @Test
  void connectsAcrossDetours() {
    assertThat(of(Set.of(3), Set.of(), Set.of(1), Set.of(2)).groups())
        .containsExactly(Set.of(0, 1, 2, 3));
  }

  @Test
  void findsCirclesOfAnyLength() {
    assertThat(of(Set.of(1), Set.of(0)).isCircular()).isTrue();
    assertThat(of(Set.of(2), Set.of(0), Set.of(1), Set.of()).isCircular()).isTrue();
    assertThat(of(Set.of(), Set.of(0), Set.of(0, 1)).isCircular()).isFalse();
  }

  @SafeVarargs
  private static Dependencies of(Set<Integer>... before) {
    return new Dependencies(List.of(before));
  }
}
