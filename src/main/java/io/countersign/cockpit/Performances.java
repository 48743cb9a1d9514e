package io.countersign.cockpit;

import io.countersign.cockpit.PerformanceReport.Asked;
import io.countersign.cockpit.PerformanceReport.Decisions;
import io.countersign.cockpit.PerformanceReport.Line;
import io.countersign.cockpit.PerformanceReport.OpenNow;
import io.countersign.request.Figures;
import io.countersign.request.Figures.Group;
import io.countersign.request.Figures.Held;
import io.countersign.request.Figures.Missed;
import io.countersign.request.Figures.Proposed;
import io.countersign.request.Figures.Voted;
import io.countersign.request.Performance;
import io.countersign.request.Period;
import io.countersign.request.Status;
import io.countersign.shared.Route;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Puts together how people decided. */
@Component
class Performances {

  private static final Decisions NONE = new Decisions(0, 0, null, null);

  private final Performance performance;

  Performances(Performance performance) {
    this.performance = performance;
  }

  /**
   * The report of a period.
   *
   * @param named whether its reader may know who is who
   */
  PerformanceReport of(Period period, boolean named) {
    Figures figures = performance.of(period, Reviewers.YARDSTICK.wordsPerMinute());
    Lines lines = new Lines(figures);
    return new PerformanceReport(
        period.first(),
        period.last(),
        period.by(),
        period.action().orElse(null),
        named,
        lines.of(Group.ALL),
        lines.ofActions(),
        period.starts().stream().map(start -> lines.of(Group.start(start))).toList(),
        Reviewers.of(figures, named),
        openNow(figures.held()),
        Reviewers.YARDSTICK);
  }

  private static OpenNow openNow(List<Held> held) {
    return new OpenNow(
        held.stream().mapToLong(Held::count).sum(),
        held.stream().filter(each -> each.assignee() == null).mapToLong(Held::count).sum());
  }

  /** What was counted, by what is counted together. */
  private static final class Lines {

    private final Map<Group, List<Proposed>> proposed;
    private final Map<Group, Voted> voted;
    private final Map<Group, Long> missed;

    Lines(Figures figures) {
      proposed = figures.proposed().stream().collect(Collectors.groupingBy(Proposed::group));
      voted = figures.voted().stream().collect(Collectors.toMap(Voted::group, each -> each));
      missed = figures.missed().stream().collect(Collectors.toMap(Missed::group, Missed::count));
    }

    List<Line> ofActions() {
      return Stream.of(proposed.keySet(), voted.keySet(), missed.keySet())
          .flatMap(groups -> groups.stream())
          .filter(Group::isOfAnAction)
          .distinct()
          .map(this::of)
          .sorted(
              Comparator.comparingLong(Line::proposed)
                  .reversed()
                  .thenComparing(line -> Objects.requireNonNull(line.action())))
          .toList();
    }

    Line of(Group group) {
      List<Proposed> rows = proposed.getOrDefault(group, List.of());
      Map<Route, Long> routes = new EnumMap<>(Route.class);
      rows.forEach(row -> routes.merge(row.route(), row.count(), Long::sum));
      Voted said = voted.get(group);
      return new Line(
          group.action(),
          group.start(),
          rows.stream().mapToLong(Proposed::count).sum(),
          routes,
          asked(rows),
          said == null
              ? NONE
              : new Decisions(said.count(), said.timed(), said.medianSeconds(), said.p95Seconds()),
          missed.getOrDefault(group, 0L));
    }

    private static Asked asked(List<Proposed> rows) {
      Map<Status, Long> statuses = new EnumMap<>(Status.class);
      rows.stream()
          .filter(row -> row.route() == Route.HUMAN_REVIEW || row.route() == Route.ESCALATE)
          .forEach(row -> statuses.merge(row.status(), row.count(), Long::sum));
      long closed = 0;
      for (var each : statuses.entrySet()) {
        closed += each.getKey().isOpen() ? 0 : each.getValue();
      }
      Map<Status, Double> rates = new EnumMap<>(Status.class);
      for (var each : statuses.entrySet()) {
        if (!each.getKey().isOpen()) {
          rates.put(each.getKey(), (double) each.getValue() / closed);
        }
      }
      long all = statuses.values().stream().mapToLong(Long::longValue).sum();
      return new Asked(all, closed, statuses, rates);
    }
  }
}
