package io.countersign.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

  @ParameterizedTest
  @CsvSource({
    // Over night, in summer (UTC+2).
    "22:00, 07:00, 2026-07-01T19:59:59Z, 2026-07-01T19:59:59Z",
    "22:00, 07:00, 2026-07-01T20:00:00Z, 2026-07-02T05:00:00Z",
    "22:00, 07:00, 2026-07-01T23:00:00Z, 2026-07-02T05:00:00Z",
    "22:00, 07:00, 2026-07-02T04:59:59Z, 2026-07-02T05:00:00Z",
    "22:00, 07:00, 2026-07-02T05:00:00Z, 2026-07-02T05:00:00Z",
    // Within a day.
    "12:00, 13:30, 2026-07-01T09:59:59Z, 2026-07-01T09:59:59Z",
    "12:00, 13:30, 2026-07-01T10:00:00Z, 2026-07-01T11:30:00Z",
    "12:00, 13:30, 2026-07-01T11:30:00Z, 2026-07-01T11:30:00Z",
    // From midnight, and to midnight.
    "00:00, 06:00, 2026-01-01T02:00:00Z, 2026-01-01T05:00:00Z",
    "20:00, 00:00, 2026-01-01T20:00:00Z, 2026-01-01T23:00:00Z",
    // The clock goes forward: 02:30 does not exist, so they end at 03:30 of the new time.
    "22:00, 02:30, 2026-03-28T22:00:00Z, 2026-03-29T01:30:00Z",
    // It goes back.
    "22:00, 07:00, 2026-10-24T21:00:00Z, 2026-10-25T06:00:00Z"
  })
  void waitsUntilTheyAreOver(LocalTime from, LocalTime to, Instant at, Instant told) {
    assertThat(new QuietHours(from, to, ZoneId.of("Europe/Berlin")).after(at)).isEqualTo(told);
  }

  @Test
  void hasNoQuietHoursWithoutAnEnd() {
    LocalTime noon = LocalTime.NOON;
    assertThatThrownBy(() -> new QuietHours(noon, noon, ZoneId.of("UTC")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
