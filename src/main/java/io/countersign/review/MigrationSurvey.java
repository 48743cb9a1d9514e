package io.countersign.review;

import io.countersign.review.MigrationReport.Called;
import io.countersign.review.MigrationReport.Element;
import io.countersign.review.MigrationReport.Mapped;
import io.countersign.review.MigrationReport.Waiting;
import io.countersign.review.RunningChains.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks where the instances of a version wait, and what would become of those places. */
@Component
class MigrationSurvey {

  private final RunningChains running;
  private final ElementMapping elements;

  MigrationSurvey(RunningChains running, ElementMapping elements) {
    this.running = running;
    this.elements = elements;
  }

  /** What was found. */
  record Found(
      long instances,
      List<Waiting> waiting,
      List<Mapped> mapped,
      List<Element> unmapped,
      List<Called> called) {}

  /**
   * Looks.
   *
   * @param becomes elements of the old version with their counterparts
   */
  Found look(ProcessDefinition from, Map<String, String> becomes) {
    Map<String, FlowNode> waits = elements.waits(from);
    Map<String, Long> standing =
        running.standing(from.getId()).stream()
            .collect(Collectors.toMap(Standing::element, Standing::instances));
    return new Found(
        running.count(from.getId()),
        standing.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                at ->
                    new Waiting(
                        at.getKey(),
                        name(waits.get(at.getKey()), at.getKey()),
                        at.getValue(),
                        becomes.get(at.getKey())))
            .toList(),
        becomes.entrySet().stream()
            .filter(pair -> waits.containsKey(pair.getKey()))
            .sorted(Map.Entry.comparingByKey())
            .map(pair -> new Mapped(pair.getKey(), pair.getValue()))
            .toList(),
        waits.values().stream()
            .filter(element -> !becomes.containsKey(element.getId()))
            .map(
                element ->
                    new Element(
                        element.getId(),
                        name(element, element.getId()),
                        standing.getOrDefault(element.getId(), 0L)))
            .toList(),
        running.calledBy(from.getId()));
  }

  private static String name(@Nullable FlowNode element, String id) {
    return Optional.ofNullable(element).map(FlowNode::getName).orElse(id);
  }
}
