package io.countersign.shared.time;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorkingHoursTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Set<DayOfWeek> WEEK =
      EnumSet.of(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY);
  private static final WorkingHours OFFICE =
      new WorkingHours(
          BERLIN,
          WEEK,
          LocalTime.of(8, 0),
          LocalTime.of(18, 0),
          Set.of(LocalDate.of(2026, 12, 25)));

  /** The night shift of every day, through which the clocks change on two Sundays. */
  private static final WorkingHours NIGHT =
      new WorkingHours(
          BERLIN, EnumSet.allOf(DayOfWeek.class), LocalTime.of(1, 0), LocalTime.of(5, 0), Set.of());

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T09:00, PT8H, 2026-11-23T17:00, within one day",
    "2026-11-23T09:00, PT9H, 2026-11-23T18:00, the whole rest of it",
    "2026-11-23T18:00, PT1H, 2026-11-24T09:00, from its very end",
    "2026-11-23T17:00, PT2H, 2026-11-24T09:00, over night",
    "2026-11-27T17:00, PT2H, 2026-11-30T09:00, over a weekend",
    "2026-11-28T12:00, PT2H, 2026-11-30T10:00, begun on a Saturday",
    "2026-11-23T03:00, PT5M, 2026-11-23T08:05, begun before the hours",
    "2026-11-23T22:00, PT5M, 2026-11-24T08:05, begun after them",
    "2026-12-24T17:30, PT1H, 2026-12-28T08:30, over a holiday and a weekend",
    "2026-11-23T09:00, P1D,  2026-11-25T13:00, a day is 24 hours of work",
    "2026-11-23T09:00, PT0M, 2026-11-23T09:00, nothing",
    "2026-11-28T12:00, PT0M, 2026-11-30T08:00, nothing outside the hours",
    "2026-11-23T18:00, PT0M, 2026-11-23T18:00, nothing at the very end"
  })
  void countsWorkingTimeOnly(LocalDateTime start, Duration working, LocalDateTime end, String why) {
    assertThat(OFFICE.after(berlin(start), working)).as(why).isEqualTo(berlin(end));
  }

  @Test
  void doesNotCountAnHourThatTheClocksSkip() {
    Instant begin = berlin(LocalDateTime.parse("2026-03-29T01:30"));

    Instant end = NIGHT.after(begin, Duration.ofHours(1));

    assertThat(end.atZone(BERLIN).toLocalDateTime()).isEqualTo("2026-03-29T03:30");
    assertThat(Duration.between(begin, end)).isEqualTo(Duration.ofHours(1));
    assertThat(NIGHT.after(begin, Duration.ofMinutes(150)))
        .isEqualTo(berlin(LocalDateTime.parse("2026-03-29T05:00")));
  }

  @Test
  void countsAnHourThatTheClocksShowTwice() {
    Instant begin = berlin(LocalDateTime.parse("2026-10-25T01:30"));

    Instant end = NIGHT.after(begin, Duration.ofMinutes(90));

    assertThat(end.atZone(BERLIN))
        .isEqualTo(
            ZonedDateTime.ofLocal(LocalDateTime.parse("2026-10-25T02:00"), BERLIN, winter()));
    assertThat(NIGHT.after(begin, Duration.ofMinutes(270)))
        .isEqualTo(berlin(LocalDateTime.parse("2026-10-25T05:00")));
  }

  @Test
  void takesTheTimeOnTheWallWhereHoursBeginInsideAnHourShownTwice() {
    WorkingHours hours = hours(LocalTime.of(2, 30), LocalTime.of(4, 0));
    Instant first = ZonedDateTime.parse("2026-10-25T02:30:00+02:00[Europe/Berlin]").toInstant();

    // 02:30 to 03:00 in summer time, then 02:30 to 04:00 in winter time.
    assertThat(hours.after(first, Duration.ofMinutes(30))).isEqualTo(first.plusSeconds(1800));
    assertThat(hours.after(first, Duration.ofMinutes(31)).atZone(BERLIN))
        .isEqualTo(
            ZonedDateTime.ofLocal(LocalDateTime.parse("2026-10-25T02:31"), BERLIN, winter()));
  }

  @Test
  void opensAfterTheGapWhereHoursWouldBeginInsideIt() {
    WorkingHours hours = hours(LocalTime.of(2, 30), LocalTime.of(4, 0));

    Instant end = hours.after(berlin(LocalDateTime.parse("2026-03-29T00:00")), Duration.ofHours(1));

    assertThat(end).isEqualTo(berlin(LocalDateTime.parse("2026-03-29T04:00")));
  }

  @Test
  void refusesHoursInWhichNobodyWorks() {
    assertThatThrownBy(() -> hours(LocalTime.NOON, LocalTime.NOON))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OFFICE.after(Instant.EPOCH, Duration.ofMinutes(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<Case> cases() {
    return new Random(20261121).longs(400).mapToObj(Case::random);
  }

  /** Some hours, a start and two durations. */
  record Case(WorkingHours hours, Instant start, Duration first, Duration second) {

    static Case random(long seed) {
      Random random = new Random(seed);
      String[] zones = {
        "Europe/Berlin",
        "America/St_Johns",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "Africa/Casablanca",
        "UTC",
        "Asia/Tehran"
      };
      int from = random.nextInt(23 * 60);
      int to = from + 30 + random.nextInt(24 * 60 - from - 30);
      EnumSet<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
      for (DayOfWeek day : DayOfWeek.values()) {
        if (random.nextBoolean()) {
          days.add(day);
        }
      }
      LocalDate around =
          LocalDate.of(2011 + random.nextInt(16), 1, 1).plusDays(random.nextInt(365));
      return new Case(
          new WorkingHours(
              ZoneId.of(zones[random.nextInt(zones.length)]),
              days,
              LocalTime.MIN.plusMinutes(from),
              LocalTime.MIN.plusMinutes(to),
              Set.of(around, around.plusDays(1 + random.nextInt(9)))),
          around.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(random.nextInt(259_200)),
          Duration.ofMinutes(random.nextInt(6_000)),
          Duration.ofSeconds(random.nextInt(360_000)));
    }

    boolean works(Instant instant) {
      ZonedDateTime there = instant.atZone(hours.zone());
      LocalTime time = there.toLocalTime();
      return hours.days().contains(there.getDayOfWeek())
          && !hours.holidays().contains(there.toLocalDate())
          && !time.isBefore(hours.from())
          && time.isBefore(hours.to());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void addsUp(Case it) {
    Instant once = it.hours().after(it.start(), it.first().plus(it.second()));
    Instant twice = it.hours().after(it.hours().after(it.start(), it.first()), it.second());

    assertThat(twice).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neverGoesBackWhenTheStartOrTheTimeGrows(Case it) {
    Instant end = it.hours().after(it.start(), it.first());

    assertThat(end).isAfterOrEqualTo(it.start());
    assertThat(it.hours().after(it.start().plus(it.second()), it.first())).isAfterOrEqualTo(end);
    assertThat(it.hours().after(it.start(), it.first().plusSeconds(1))).isAfter(end);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsInsideTheHoursOrAtTheirVeryEnd(Case it) {
    Instant end = it.hours().after(it.start(), it.first());

    assertThat(it.works(end) || it.works(end.minusNanos(1))).as("%s", end).isTrue();
  }

  /** Minute by minute, by looking at the clock on the wall: slow, and hard to get wrong. */
  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithSomebodyWhoWatchesTheClock(Case it) {
    Instant start = it.start().truncatedTo(ChronoUnit.MINUTES);
    Instant at = start;
    long left = it.first().toMinutes();
    while (left > 0) {
      if (it.works(at)) {
        left--;
      }
      at = at.plusSeconds(60);
    }

    if (!it.first().isZero()) {
      assertThat(it.hours().after(start, it.first())).isEqualTo(at);
    }
    assertThat(it.hours().between(start, at)).isEqualTo(it.first());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsBackFromTheEnd(Case it) {
    Instant end = it.start().plus(it.second());
    Instant start = it.hours().before(end, it.first());

    assertThat(it.hours().between(start, end)).isEqualTo(it.first());
    assertThat(it.hours().after(start, it.first().plusSeconds(1)))
        .isEqualTo(it.hours().after(end, Duration.ofSeconds(1)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isPlainAdditionWhereSomebodyAlwaysWorks(Case it) {
    WorkingHours nearlyAlways =
        new WorkingHours(
            ZoneOffset.UTC, EnumSet.allOf(DayOfWeek.class), LocalTime.MIN, LocalTime.MAX, Set.of());
    Duration missed = Duration.ofNanos(it.first().plusDays(2).toDays());

    assertThat(nearlyAlways.after(it.start(), it.first()))
        .isBetween(it.start().plus(it.first()), it.start().plus(it.first()).plus(missed));
  }

  private static WorkingHours hours(LocalTime from, LocalTime to) {
    return new WorkingHours(BERLIN, EnumSet.allOf(DayOfWeek.class), from, to, Set.of());
  }

  private static ZoneOffset winter() {
    return ZoneOffset.ofHours(1);
  }

  private static Instant berlin(LocalDateTime time) {
    return time.atZone(BERLIN).toInstant();
  }
}
