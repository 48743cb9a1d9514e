package io.countersign.shared.time;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * When people work. An instant counts if the clocks on the wall of the zone then show a time from
 * {@code from} until just before {@code to}, on one of the days and on no holiday. So an hour that
 * the clocks skip is nobody's, and one that they show twice counts twice.
 *
 * @param zone where the clocks hang
 * @param days of the week
 * @param from when the day's work begins
 * @param to when it ends, the same day
 * @param holidays dates on which nobody works
 */
public record WorkingHours(
    ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to, Set<LocalDate> holidays) {

  /** A stretch of work, from its begin until just before its end. */
  private record Shift(Instant begin, Instant end) {
    Duration length() {
      return Duration.between(begin, end);
    }
  }

  /**
   * Takes copies of the sets, sorted, so that equal calendars are written alike.
   *
   * @throws IllegalArgumentException if nobody would ever work
   */
  public WorkingHours {
    days = Collections.unmodifiableSet(new TreeSet<>(days));
    holidays = Collections.unmodifiableSet(new TreeSet<>(holidays));
    if (days.isEmpty() || !from.isBefore(to)) {
      throw new IllegalArgumentException("expected days, and hours that begin before they end");
    }
  }

  /**
   * When that much working time has passed since the start. No time at all has passed at the start
   * itself, or, outside the hours, when the next ones begin; a whole day's time at the end of the
   * day.
   */
  public Instant after(Instant start, Duration working) {
    if (working.isNegative()) {
      throw new IllegalArgumentException("expected a time ahead, found " + working);
    }
    Duration left = working;
    LocalDate date = start.atZone(zone).toLocalDate().minusDays(1);
    while (true) {
      for (Shift shift : shifts(date)) {
        if (shift.end().isBefore(start)) {
          continue;
        }
        Instant begin = shift.begin().isBefore(start) ? start : shift.begin();
        Duration available = Duration.between(begin, shift.end());
        if (left.compareTo(available) <= 0) {
          return begin.plus(left);
        }
        left = left.minus(available);
      }
      date = date.plusDays(1);
    }
  }

  /**
   * The latest time from which on that much working time passes until the end: at the end itself no
   * time at all, whether somebody works then or not.
   */
  public Instant before(Instant end, Duration working) {
    if (working.isNegative()) {
      throw new IllegalArgumentException("expected a time back, found " + working);
    }
    Duration left = working;
    LocalDate date = end.atZone(zone).toLocalDate().plusDays(1);
    while (left.compareTo(Duration.ZERO) > 0) {
      List<Shift> shifts = shifts(date);
      for (int i = shifts.size() - 1; i >= 0; i--) {
        Shift shift = shifts.get(i);
        Instant until = shift.end().isAfter(end) ? end : shift.end();
        Duration available = Duration.between(shift.begin(), until);
        if (left.compareTo(available) <= 0) {
          return until.minus(left);
        }
        left = available.isNegative() ? left : left.minus(available);
      }
      date = date.minusDays(1);
    }
    return end;
  }

  /** How much working time lies between two instants; nothing if the end is not after the start. */
  public Duration between(Instant start, Instant end) {
    Duration passed = Duration.ZERO;
    LocalDate last = end.atZone(zone).toLocalDate().plusDays(1);
    LocalDate date = start.atZone(zone).toLocalDate().minusDays(1);
    for (; !date.isAfter(last); date = date.plusDays(1)) {
      for (Shift shift : shifts(date)) {
        Instant begin = shift.begin().isBefore(start) ? start : shift.begin();
        Instant until = shift.end().isAfter(end) ? end : shift.end();
        if (begin.isBefore(until)) {
          passed = passed.plus(Duration.between(begin, until));
        }
      }
    }
    return passed;
  }

  /** The shifts of a date, in order: one, or more where the clocks change during the hours. */
  private List<Shift> shifts(LocalDate date) {
    if (!days.contains(date.getDayOfWeek()) || holidays.contains(date)) {
      return List.of();
    }
    ZoneRules rules = zone.getRules();
    Instant begin = date.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant end = date.plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
    List<Shift> shifts = new ArrayList<>();
    while (begin.isBefore(end)) {
      ZoneOffsetTransition change = rules.nextTransition(begin);
      Instant until =
          change == null || change.getInstant().isAfter(end) ? end : change.getInstant();
      Shift shift = shift(date, rules.getOffset(begin), begin, until);
      if (shift.length().compareTo(Duration.ZERO) > 0) {
        shifts.add(shift);
      }
      begin = until;
    }
    return shifts;
  }

  /** What of the date's hours lies within a time during which the offset stays the same. */
  private Shift shift(LocalDate date, ZoneOffset offset, Instant notBefore, Instant notAfter) {
    Instant begin = date.atTime(from).toInstant(offset);
    Instant end = date.atTime(to).toInstant(offset);
    return new Shift(
        begin.isBefore(notBefore) ? notBefore : begin, end.isAfter(notAfter) ? notAfter : end);
  }
}
