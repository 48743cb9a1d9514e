package io.countersign.cockpit;

import io.countersign.request.Period;
import io.countersign.request.Period.Span;
import io.countersign.shared.WireName;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads which days somebody looks back on. */
@Component
class PeriodReader {

  private static final int MAX_DAYS = 366;
  private static final int DEFAULT_DAYS = 30;
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(9998, 12, 31);

  private final Clock clock;

  PeriodReader(Clock clock) {
    this.clock = clock;
  }

  /** The days that were asked for; those of the last thirty where nothing was. */
  Period read(
      Optional<String> from, Optional<String> to, Optional<String> by, Optional<String> action) {
    LocalDate last =
        given(to)
            .map(text -> day("to", text))
            .orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    LocalDate first =
        given(from)
            .map(text -> day("from", text))
            .orElseGet(() -> last.minusDays(DEFAULT_DAYS - 1));
    Period period =
        new Period(first, last, given(by).map(PeriodReader::span).orElse(Span.DAY), given(action));
    if (period.days() < 1) {
      throw invalid("to", "expected no day before from");
    }
    if (period.days() > MAX_DAYS) {
      throw invalid("from", "expected at most " + MAX_DAYS + " days before to");
    }
    return period;
  }

  private static Optional<String> given(Optional<String> parameter) {
    return parameter.filter(text -> !text.isBlank());
  }

  private static LocalDate day(String field, String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (!day.isBefore(EARLIEST) && !day.isAfter(LATEST)) {
        return day;
      }
    } catch (DateTimeException e) {
      // Told below.
    }
    throw invalid(field, "expected a day, for example 2026-11-21");
  }

  private static Span span(String text) {
    try {
      return WireName.parse(Span.class, text);
    } catch (IllegalArgumentException e) {
      throw invalid("by", "expected day or week");
    }
  }

  private static Problem invalid(String field, String expected) {
    return new Problem(ProblemType.INVALID_REQUEST, field, expected);
  }
}
