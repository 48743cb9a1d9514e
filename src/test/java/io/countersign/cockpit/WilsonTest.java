package io.countersign.cockpit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonTest {

  /** Of none in n it is z² / (n + z²); 5 of 100 is the textbook's 11.18 percent. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "1, 1, 1",
    "0, 1, 0.79345",
    "0, 30, 0.11351",
    "5, 100, 0.11175",
    "50, 100, 0.59617"
  })
  void boundsARateFromAbove(long hits, long trials, double bound) {
    assertThat(Wilson.atMost(hits, trials)).isCloseTo(bound, within(0.00001));
  }
}
