package io.countersign.cockpit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.request.Period;
import io.countersign.request.Status;
import io.countersign.shared.Route;
import io.countersign.shared.WireName;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How people decided in a period.
 *
 * @param from the first day, in UTC
 * @param to the last day, in UTC
 * @param named whether reviewers are named, or numbered for this answer only
 * @param openNow whatever the period, what waits for people now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PerformanceReport(
    LocalDate from,
    LocalDate to,
    Period.Span by,
    @Nullable String action,
    boolean named,
    Line total,
    List<Line> actions,
    List<Line> spans,
    List<Reviewer> reviewers,
    OpenNow openNow,
    Yardstick yardstick) {

  /**
   * What is counted together: everything, an action, or a day or week.
   *
   * @param action of a line about one action; empty for all that were not in the manifest
   * @param start of a line about a day or week: its first day
   * @param proposed how many requests came, by the day they were proposed
   * @param routes where policy sent them
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(
      @Nullable String action,
      @Nullable LocalDate start,
      long proposed,
      Map<Route, Long> routes,
      Asked asked,
      Decisions decisions,
      long missedDeadlines) {}

  /**
   * What became of the requests that policy sent to people.
   *
   * @param closed how many of them have ended
   * @param rates of the closed ones; empty where none is
   */
  record Asked(long count, long closed, Map<Status, Long> statuses, Map<Status, Double> rates) {}

  /**
   * What people said in the period, whenever it was proposed.
   *
   * @param timed of how many the time is known
   * @param medianSeconds from the opening of the review, without what its clock stood still
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Decisions(
      long count, long timed, @Nullable Double medianSeconds, @Nullable Double p95Seconds) {}

  /** One person who decided in the period, or has something to decide now. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Reviewer(
      String reviewer,
      long openNow,
      long approved,
      long edited,
      long rejected,
      long sentBack,
      long other,
      Decisions decisions,
      Vigilance vigilance) {}

  /**
   * Signs that somebody may not look any more.
   *
   * @param considered approvals, edits, rejections and requests to revise
   * @param steppedIn those of them that are no approval of the unchanged action, or one after a
   *     question to the agent
   * @param compared the same on actions that others decide on as well; absent where there are none
   * @param readable approvals and edits whose time and words are known
   * @param tooFast those that came sooner than the words can be read
   * @param longestStreak approvals of unchanged actions in a row
   * @param grounds what makes it worth a look; empty for most
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Vigilance(
      long considered,
      long steppedIn,
      @Nullable Compared compared,
      long readable,
      long tooFast,
      long longestStreak,
      List<Ground> grounds) {}

  /**
   * One person beside all others, on the same actions.
   *
   * @param atMost the highest rate of stepping in that fits what was seen (Wilson, 95 percent)
   * @param others how often others step in, weighted by this person's actions
   */
  record Compared(
      long considered, long steppedIn, double atMost, double others, long othersCount) {}

  /** Why somebody is worth a look, in a word and in a sentence. */
  record Ground(Rule rule, String text) {}

  /** The signs that are looked for. */
  enum Rule implements WireName {
    SELDOM_STEPS_IN,
    FASTER_THAN_READING,
    LONG_STREAK
  }

  /** What waits for people now, and how much of it nobody has taken. */
  record OpenNow(long count, long unassigned) {}

  /** The measures behind the signs. */
  record Yardstick(int wordsPerMinute, int leastDecisions, int leastTooFast, int longStreak) {}
}
