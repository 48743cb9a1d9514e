package io.countersign.cockpit;

import io.countersign.cockpit.PerformanceReport.Decisions;
import io.countersign.cockpit.PerformanceReport.Ground;
import io.countersign.cockpit.PerformanceReport.Line;
import io.countersign.cockpit.PerformanceReport.Reviewer;
import io.countersign.request.Status;
import io.countersign.shared.Route;
import io.countersign.shared.WireName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one table of the report for a spreadsheet (RFC 4180). */
final class PerformanceCsv {

  private static final String LINE_END = "\r\n";

  /** What a spreadsheet takes for the beginning of a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private PerformanceCsv() {}

  /** The tables there are. */
  enum Table implements WireName {
    ACTIONS,
    SPANS,
    REVIEWERS
  }

  static String of(PerformanceReport report, Table table) {
    return switch (table) {
      case ACTIONS -> lines("action", report.actions());
      case SPANS -> lines(report.by().wire(), report.spans());
      case REVIEWERS -> reviewers(report.reviewers());
    };
  }

  private static String lines(String what, List<Line> lines) {
    List<Object> head = new ArrayList<>(List.of(what, "proposed"));
    head.addAll(Arrays.stream(Route.values()).map(Route::wire).toList());
    head.add("asked");
    head.addAll(Arrays.stream(Status.values()).map(Status::wire).toList());
    head.addAll(List.of("missed_deadlines", "decisions", "median_seconds", "p95_seconds"));
    StringBuilder csv = new StringBuilder(row(head));
    for (Line line : lines) {
      List<@Nullable Object> cells = new ArrayList<>();
      cells.add(name(line));
      cells.add(line.proposed());
      for (Route route : Route.values()) {
        cells.add(line.routes().getOrDefault(route, 0L));
      }
      cells.add(line.asked().count());
      for (Status status : Status.values()) {
        cells.add(line.asked().statuses().getOrDefault(status, 0L));
      }
      cells.add(line.missedDeadlines());
      add(line.decisions(), cells);
      csv.append(row(cells));
    }
    return csv.toString();
  }

  private static String reviewers(List<Reviewer> reviewers) {
    StringBuilder csv =
        new StringBuilder(
            "reviewer,open_now,approved,edited,rejected,sent_back,other,decisions,median_seconds,"
                + "p95_seconds,considered,stepped_in,longest_streak,too_fast,readable,grounds"
                + LINE_END);
    for (Reviewer one : reviewers) {
      List<@Nullable Object> cells =
          new ArrayList<>(
              List.of(
                  one.reviewer(),
                  one.openNow(),
                  one.approved(),
                  one.edited(),
                  one.rejected(),
                  one.sentBack(),
                  one.other()));
      add(one.decisions(), cells);
      cells.add(one.vigilance().considered());
      cells.add(one.vigilance().steppedIn());
      cells.add(one.vigilance().longestStreak());
      cells.add(one.vigilance().tooFast());
      cells.add(one.vigilance().readable());
      cells.add(
          one.vigilance().grounds().stream().map(Ground::text).collect(Collectors.joining(" ")));
      csv.append(row(cells));
    }
    return csv.toString();
  }

  private static Object name(Line line) {
    if (line.action() == null) {
      return Objects.requireNonNull(line.start());
    }
    return line.action().isEmpty() ? "(not in the manifest)" : line.action();
  }

  private static void add(Decisions decisions, List<@Nullable Object> cells) {
    cells.add(decisions.count());
    cells.add(decisions.medianSeconds());
    cells.add(decisions.p95Seconds());
  }

  private static String row(List<? extends @Nullable Object> cells) {
    return cells.stream().map(PerformanceCsv::cell).collect(Collectors.joining(",")) + LINE_END;
  }

  /** A text that would be computed gets an apostrophe in front, as OWASP advises. */
  static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return text.matches("(?s).*[\",\\r\\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
