package io.countersign.request;

import io.countersign.shared.WireName;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;

/**
 * Whole days in UTC that somebody looks back on.
 *
 * @param last the last day, included
 * @param action only this one
 */
public record Period(LocalDate first, LocalDate last, Span by, Optional<String> action) {

  /** What is put together in one column of a chart. */
  public enum Span implements WireName {
    DAY,
    /** From Monday on. */
    WEEK
  }

  /** How many days it has. */
  public long days() {
    return ChronoUnit.DAYS.between(first, last) + 1;
  }

  /** The beginnings of all spans, in order; the first and the last may be cut. */
  public List<LocalDate> starts() {
    return by == Span.DAY
        ? first.datesUntil(last.plusDays(1)).toList()
        : first
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
            .datesUntil(last.plusDays(1), java.time.Period.ofWeeks(1))
            .toList();
  }

  Instant begins() {
    return first.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  Instant ends() {
    return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
