package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Node.Flow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a drawing must look like before it can mean anything. */
final class Shape {

  private final Drawing drawing;
  private final List<Finding> findings = new ArrayList<>();

  private Shape(Drawing drawing) {
    this.drawing = drawing;
  }

  static List<Finding> findings(Drawing drawing) {
    Shape shape = new Shape(drawing);
    if (!drawing.isExecutable()) {
      shape.findings.add(
          drawing.finding(
              Rules.READABLE, "The process is not executable: the engine would leave it out."));
    }
    shape.starts();
    drawing.nodes().forEach(shape::answers);
    return shape.findings;
  }

  private void starts() {
    List<Node> starts = drawing.topLevel().filter(Node::isStart).toList();
    if (starts.size() != 1) {
      findings.add(
          drawing.finding(
              Rules.ONE_START,
              "The process has " + starts.size() + " start events instead of one."));
    }
    starts.stream()
        .filter(start -> !start.isNoneStart())
        .forEach(
            start ->
                against(
                    Rules.ONE_START,
                    start,
                    "A chain is started by Countersign only: its start waits for no event."));
    drawing.nodes().stream().filter(Node::isSubProcess).forEach(this::startsOf);
  }

  private void startsOf(Node sub) {
    List<Node> starts = sub.inner().stream().filter(Node::isStart).toList();
    boolean fits = starts.size() == 1 && starts.get(0).isNoneStart() != sub.isEventSubProcess();
    if (!fits) {
      against(
          Rules.ONE_START,
          sub,
          sub.isEventSubProcess()
              ? "An event sub-process has one start event, and that has a trigger."
              : "A sub-process has one start event without a trigger.");
    }
  }

  private void answers(Node node) {
    List<Flow> out = node.out();
    if (node.isExclusive() && out.size() > 1) {
      chooses(node);
    } else if (out.stream().anyMatch(flow -> !flow.condition().isEmpty())) {
      against(
          Rules.GATEWAY_ANSWERS,
          node,
          "Only an exclusive gateway with several ways on may ask a condition.");
    }
    boolean splits = node.isExclusive() || node.isParallel() || node.isEventGateway();
    if (out.size() > 1 && !splits) {
      against(
          Rules.GATEWAY_ANSWERS,
          node,
          "Several ways lead on from here; only a gateway may choose or fork.");
    }
  }

  private void chooses(Node gateway) {
    List<Flow> asking = gateway.out().stream().filter(flow -> !flow.isDefault()).toList();
    asking.stream()
        .filter(flow -> flow.condition().isEmpty())
        .forEach(
            flow ->
                against(
                    Rules.GATEWAY_ANSWERS,
                    gateway,
                    flow.id()
                        + " is neither the default nor has it a condition: it is always taken."));
    boolean hasDefault = asking.size() < gateway.out().size();
    if (!hasDefault && !asksForEveryOutcome(asking)) {
      against(
          Rules.GATEWAY_ANSWERS,
          gateway,
          "Without a default flow a token stops here if no condition holds.");
    }
  }

  private static boolean asksForEveryOutcome(List<Flow> flows) {
    Set<String> asked =
        flows.stream()
            .flatMap(flow -> Expressions.askedOutcome(flow.condition()).stream())
            .collect(Collectors.toSet());
    return asked.containsAll(Vocabulary.OUTCOMES);
  }

  /** Elements that no tour has visited, or from which none has come to an end. */
  static List<Finding> deadEnds(Models models, List<Tour> tours) {
    Set<Node> visited = new HashSet<>();
    Set<Node> ending = new HashSet<>();
    for (Tour tour : tours) {
      tour.states().forEach(state -> visited.add(state.node()));
      tour.ending().forEach(state -> ending.add(state.node()));
    }
    return models.drawings().stream()
        .flatMap(
            drawing ->
                drawing.nodes().stream().flatMap(node -> deadEnd(drawing, node, visited, ending)))
        .toList();
  }

  private static Stream<Finding> deadEnd(
      Drawing drawing, Node node, Set<Node> visited, Set<Node> ending) {
    boolean isScope = node.isEventSubProcess();
    if (isScope || ending.contains(node)) {
      return Stream.empty();
    }
    return Stream.of(
        drawing.finding(
            Rules.DEAD_ENDS,
            node,
            visited.contains(node)
                ? "From here no end can be reached."
                : "Nothing ever leads here."));
  }

  private void against(String rule, Node at, String sentence) {
    findings.add(drawing.finding(rule, at, sentence));
  }
}
