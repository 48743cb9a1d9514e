package io.countersign.notification;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When somebody is told only what cannot wait, each day.
 *
 * @param from the first moment
 * @param to the first moment after; on the next day if it is not later
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

  /** Refuses hours without an end. */
  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("quiet hours begin and end at different times");
    }
  }

  /** When something that comes up then may be told: at once, or at the end of the quiet hours. */
  Instant after(Instant moment) {
    ZonedDateTime there = moment.atZone(zone);
    LocalTime time = there.toLocalTime();
    LocalDate day = there.toLocalDate();
    boolean overNight = to.isBefore(from);
    boolean late = !time.isBefore(from);
    boolean early = time.isBefore(to);
    if (overNight ? !late && !early : !(late && early)) {
      return moment;
    }
    LocalDate end = overNight && late ? day.plusDays(1) : day;
    return end.atTime(to).atZone(zone).toInstant();
  }
}
