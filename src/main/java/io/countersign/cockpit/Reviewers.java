package io.countersign.cockpit;

import io.countersign.cockpit.PerformanceReport.Compared;
import io.countersign.cockpit.PerformanceReport.Decisions;
import io.countersign.cockpit.PerformanceReport.Ground;
import io.countersign.cockpit.PerformanceReport.Reviewer;
import io.countersign.cockpit.PerformanceReport.Rule;
import io.countersign.cockpit.PerformanceReport.Vigilance;
import io.countersign.cockpit.PerformanceReport.Yardstick;
import io.countersign.request.Figures;
import io.countersign.request.Figures.Voted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each reviewer did, and whether there are signs that they do not look any more. */
final class Reviewers {

  /**
   * Silent reading of English non-fiction, the mean of 190 studies: Brysbaert, How many words do we
   * read per minute?, Journal of Memory and Language 109 (2019).
   */
  static final Yardstick YARDSTICK = new Yardstick(238, 30, 3, 50);

  private final Figures figures;
  private final boolean named;
  private final Map<String, Long> held;
  private final Map<String, Voted> actions;
  private final Map<String, List<Voted>> byPerson;

  private Reviewers(Figures figures, boolean named) {
    this.figures = figures;
    this.named = named;
    this.held = new HashMap<>();
    figures.held().stream()
        .filter(each -> each.assignee() != null)
        .forEach(each -> held.put(Objects.requireNonNull(each.assignee()), each.count()));
    this.actions =
        figures.voted().stream()
            .filter(each -> each.group().isOfAnAction())
            .collect(Collectors.toMap(Reviewers::action, each -> each));
    this.byPerson =
        figures.voted().stream()
            .filter(each -> each.group().isOfAPersonOnAnAction())
            .collect(Collectors.groupingBy(Reviewers::person));
  }

  /** Whoever decided most comes first. */
  static List<Reviewer> of(Figures figures, boolean named) {
    return new Reviewers(figures, named).list();
  }

  private List<Reviewer> list() {
    List<Voted> people =
        figures.voted().stream()
            .filter(each -> each.group().isOfAPerson())
            .sorted(
                Comparator.comparingLong(Voted::count).reversed().thenComparing(Reviewers::person))
            .toList();
    List<Reviewer> all = new ArrayList<>();
    for (Voted one : people) {
      Long open = held.remove(Objects.requireNonNullElse(one.name(), ""));
      all.add(reviewer(label(one.name(), all), one, open == null ? 0 : open));
    }
    held.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(left -> all.add(idle(label(left.getKey(), all), left.getValue())));
    return List.copyOf(all);
  }

  private String label(@Nullable String name, List<Reviewer> before) {
    return named && name != null ? name : "Reviewer " + (before.size() + 1);
  }

  private Reviewer reviewer(String label, Voted one, long open) {
    return new Reviewer(
        label,
        open,
        one.approved(),
        one.edited(),
        one.rejected(),
        one.revised(),
        one.count() - one.approved() - one.edited() - one.rejected() - one.revised(),
        new Decisions(one.count(), one.timed(), one.medianSeconds(), one.p95Seconds()),
        vigilance(one));
  }

  private static Reviewer idle(String label, long open) {
    return new Reviewer(
        label,
        open,
        0,
        0,
        0,
        0,
        0,
        new Decisions(0, 0, null, null),
        new Vigilance(0, 0, null, 0, 0, 0, List.of()));
  }

  private Vigilance vigilance(Voted one) {
    Compared compared = compared(person(one));
    long streak =
        figures.streaks().stream()
            .filter(each -> each.person().equals(person(one)))
            .mapToLong(Figures.Streak::longest)
            .findFirst()
            .orElse(0);
    return new Vigilance(
        one.considered(),
        one.steppedIn(),
        compared,
        one.readable(),
        one.tooFast(),
        streak,
        grounds(one, compared, streak));
  }

  /** Others on the same actions: who only sees harmless ones is not compared with who does not. */
  private @Nullable Compared compared(String person) {
    long considered = 0;
    long steppedIn = 0;
    long othersCount = 0;
    double expected = 0;
    for (Voted own : byPerson.getOrDefault(person, List.of())) {
      Voted all = Objects.requireNonNull(actions.get(action(own)));
      long others = all.considered() - own.considered();
      if (others > 0) {
        considered += own.considered();
        steppedIn += own.steppedIn();
        othersCount += others;
        expected += own.considered() * (double) (all.steppedIn() - own.steppedIn()) / others;
      }
    }
    return considered == 0
        ? null
        : new Compared(
            considered,
            steppedIn,
            Wilson.atMost(steppedIn, considered),
            expected / considered,
            othersCount);
  }

  private static List<Ground> grounds(Voted one, @Nullable Compared compared, long streak) {
    List<Ground> grounds = new ArrayList<>();
    if (compared != null && isSeldom(compared)) {
      grounds.add(
          ground(
              Rule.SELDOM_STEPS_IN,
              "Stepped in at %d of %d decisions: a rate of at most %.1f %%, while others have"
                  + " %.1f %% on the same actions.",
              compared.steppedIn(),
              compared.considered(),
              compared.atMost() * 100,
              compared.others() * 100));
    }
    if (one.tooFast() >= YARDSTICK.leastTooFast()) {
      grounds.add(
          ground(
              Rule.FASTER_THAN_READING,
              "Let %d of %d through sooner after they were opened than their words can be read.",
              one.tooFast(),
              one.readable()));
    }
    if (streak >= YARDSTICK.longStreak()) {
      grounds.add(
          ground(Rule.LONG_STREAK, "Approved %d in a row without changing anything.", streak));
    }
    return List.copyOf(grounds);
  }

  private static boolean isSeldom(Compared compared) {
    return compared.considered() >= YARDSTICK.leastDecisions()
        && compared.othersCount() >= YARDSTICK.leastDecisions()
        && compared.atMost() < compared.others();
  }

  private static Ground ground(Rule rule, String format, Object... values) {
    return new Ground(rule, String.format(Locale.ROOT, format, values));
  }

  private static String person(Voted voted) {
    return Objects.requireNonNull(voted.group().person());
  }

  private static String action(Voted voted) {
    return Objects.requireNonNull(voted.group().action());
  }
}
