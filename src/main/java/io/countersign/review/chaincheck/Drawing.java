package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Finding.Step;
import io.countersign.review.chaincheck.Node.Flow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.jspecify.annotations.Nullable;

/** One process as it was drawn: its elements, and how tokens go from one to the next. */
final class Drawing {

  private final String file;
  private final String id;
  private final boolean executable;
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  private Drawing(String file, Process process) {
    this.file = file;
    this.id = process.getId();
    this.executable = process.isExecutable();
  }

  static Drawing of(String file, Process process) {
    Drawing drawing = new Drawing(file, process);
    drawing.add(process.getFlowElements(), null);
    drawing.attach(process.getFlowElements());
    drawing.connect(process.getFlowElements());
    return drawing;
  }

  private void add(Collection<FlowElement> elements, @Nullable Node scope) {
    for (FlowElement element : elements) {
      if (element instanceof FlowNode flowNode) {
        Node node = new Node(id, flowNode, scope);
        nodes.put(node.id(), node);
        if (element instanceof SubProcess sub) {
          add(sub.getFlowElements(), node);
        }
      }
    }
  }

  private void attach(Collection<FlowElement> elements) {
    for (FlowElement element : elements) {
      if (element instanceof BoundaryEvent event && event.getAttachedTo() != null) {
        node(event.getId()).attachTo(node(event.getAttachedTo().getId()));
      }
      if (element instanceof SubProcess sub) {
        attach(sub.getFlowElements());
      }
    }
  }

  private void connect(Collection<FlowElement> elements) {
    for (FlowElement element : elements) {
      if (element instanceof SequenceFlow flow) {
        Node.connect(flow(flow));
      }
      if (element instanceof SubProcess sub) {
        connect(sub.getFlowElements());
      }
    }
  }

  private Flow flow(SequenceFlow flow) {
    String condition =
        flow.getConditionExpression() == null ? "" : flow.getConditionExpression().getTextContent();
    boolean isDefault =
        flow.getSource() instanceof ExclusiveGateway gateway
            && gateway.getDefault() != null
            && gateway.getDefault().getId().equals(flow.getId());
    return new Flow(
        flow.getId(),
        node(flow.getSource().getId()),
        node(flow.getTarget().getId()),
        condition,
        isDefault);
  }

  String file() {
    return file;
  }

  String id() {
    return id;
  }

  boolean isExecutable() {
    return executable;
  }

  Collection<Node> nodes() {
    return nodes.values();
  }

  /** The element of that id; one that only another process has is a mistake of the model. */
  Node node(String element) {
    return Optional.ofNullable(nodes.get(element))
        .orElseThrow(() -> new Unreadable(id + " names " + element + ", which it does not hold"));
  }

  Optional<Node> find(String element) {
    return Optional.ofNullable(nodes.get(element));
  }

  private Optional<Flow> flow(String flow) {
    return nodes().stream()
        .flatMap(node -> node.out().stream())
        .filter(candidate -> candidate.id().equals(flow))
        .findFirst();
  }

  Stream<Node> topLevel() {
    return nodes().stream().filter(node -> node.scope().isEmpty());
  }

  Optional<Node> start() {
    return topLevel().filter(Node::isNoneStart).findFirst();
  }

  List<Node> eventSubProcesses() {
    return topLevel().filter(Node::isEventSubProcess).toList();
  }

  boolean concludes() {
    return hasDelegate(Vocabulary.CONCLUDE);
  }

  private boolean hasDelegate(String bean) {
    return nodes().stream()
        .flatMap(node -> node.delegate().stream())
        .anyMatch(expression -> expression.contains(bean));
  }

  Finding finding(String rule, Node at, String sentence) {
    return new Finding(rule, file, id, pathTo(at), sentence);
  }

  /** About an element, a flow or the process itself; nothing if that id is none of them. */
  Optional<Finding> finding(String rule, String element, String sentence) {
    if (element.equals(id)) {
      return Optional.of(finding(rule, sentence));
    }
    return find(element)
        .map(node -> finding(rule, node, sentence))
        .or(() -> flow(element).map(flow -> finding(rule, flow, sentence)));
  }

  private Finding finding(String rule, Flow flow, String sentence) {
    List<Step> path = new ArrayList<>(pathTo(flow.from()));
    path.add(new Step(id, flow.id(), ""));
    return new Finding(rule, file, id, path, sentence);
  }

  Finding finding(String rule, String sentence) {
    return new Finding(rule, file, id, List.of(new Step(id, id, "")), sentence);
  }

  /** The shortest way drawn from the start to an element; the element alone if there is none. */
  List<Step> pathTo(Node goal) {
    Map<Node, Node> from = new LinkedHashMap<>();
    Deque<Node> next = new ArrayDeque<>(topLevel().filter(Node::isStart).toList());
    next.forEach(node -> from.put(node, node));
    while (!next.isEmpty() && !from.containsKey(goal)) {
      Node at = next.remove();
      drawnAfter(at)
          .filter(node -> !from.containsKey(node))
          .toList()
          .forEach(
              node -> {
                from.put(node, at);
                next.add(node);
              });
    }
    return from.containsKey(goal) ? steps(from, goal) : List.of(goal.step());
  }

  private Stream<Node> drawnAfter(Node node) {
    Stream<Node> leaving =
        node.isEnd() ? node.scope().stream().flatMap(sub -> flows(sub)) : flows(node);
    Stream<Node> inside =
        node.inner().stream().filter(inner -> inner.isStart() || inner.isEventSubProcess());
    Stream<Node> events =
        node.scope().isEmpty() && node.isStart() ? eventSubProcesses().stream() : Stream.empty();
    return Stream.of(inside, node.boundaries().stream(), leaving, links(node), events)
        .flatMap(nodes -> nodes);
  }

  private static Stream<Node> flows(Node node) {
    return node.out().stream().map(Flow::to);
  }

  /** Where a link event that throws goes on. */
  Stream<Node> links(Node node) {
    return nodes().stream()
        .filter(other -> node.isThrowing() && !other.isThrowing())
        .filter(other -> other.scope().equals(node.scope()))
        .filter(other -> other.link().isPresent() && other.link().equals(node.link()));
  }

  private static List<Step> steps(Map<Node, Node> from, Node goal) {
    List<Step> steps = new ArrayList<>();
    Node at = goal;
    while (from.get(at) != at) {
      steps.add(0, at.step());
      at = Objects.requireNonNull(from.get(at));
    }
    steps.add(0, at.step());
    return steps;
  }

  @Override
  public String toString() {
    return id;
  }

  /** The model cannot be what its designer saw. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }
}
