package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Finding.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;

/** One element that a token can stand on, with what leads to it and away from it. */
final class Node {

  /**
   * A sequence flow, as the engine reads it: by its ends, whatever the elements list.
   *
   * @param condition empty if it has none
   */
  record Flow(String id, Node from, Node to, String condition, boolean isDefault) {}

  private final String process;
  private final FlowNode element;
  private final @Nullable Node scope;
  private final List<Node> inner = new ArrayList<>();
  private final List<Node> boundaries = new ArrayList<>();
  private final List<Flow> in = new ArrayList<>();
  private final List<Flow> out = new ArrayList<>();
  private @Nullable Node host;

  Node(String process, FlowNode element, @Nullable Node scope) {
    this.process = process;
    this.element = element;
    this.scope = scope;
    if (scope != null) {
      scope.inner.add(this);
    }
  }

  void attachTo(Node activity) {
    host = activity;
    activity.boundaries.add(this);
  }

  static void connect(Flow flow) {
    flow.from().out.add(flow);
    flow.to().in.add(flow);
  }

  Step step() {
    return new Step(process, id(), name());
  }

  String id() {
    return element.getId();
  }

  String name() {
    return element.getName() == null ? "" : element.getName();
  }

  String process() {
    return process;
  }

  /** The sub-process around it; none on the level of the process. */
  Optional<Node> scope() {
    return Optional.ofNullable(scope);
  }

  List<Node> inner() {
    return inner;
  }

  List<Node> boundaries() {
    return boundaries;
  }

  /** The activity a boundary event is attached to. */
  Optional<Node> host() {
    return Optional.ofNullable(host);
  }

  List<Flow> in() {
    return in;
  }

  List<Flow> out() {
    return out;
  }

  int level() {
    return scope == null ? 0 : scope.level() + 1;
  }

  boolean isStart() {
    return element instanceof StartEvent;
  }

  boolean isNoneStart() {
    return isStart() && definitions().isEmpty();
  }

  boolean isEnd() {
    return element instanceof EndEvent;
  }

  boolean isUserTask() {
    return element instanceof UserTask;
  }

  boolean isExclusive() {
    return element instanceof ExclusiveGateway;
  }

  boolean isParallel() {
    return element instanceof ParallelGateway;
  }

  boolean isEventGateway() {
    return element instanceof EventBasedGateway;
  }

  boolean isSubProcess() {
    return element instanceof SubProcess;
  }

  boolean isEventSubProcess() {
    return element instanceof SubProcess sub && sub.triggeredByEvent();
  }

  boolean isBoundary() {
    return element instanceof BoundaryEvent;
  }

  boolean isThrowing() {
    return element instanceof ThrowEvent;
  }

  /** A join counts the tokens that arrive, not the branches they come by. */
  boolean isJoin() {
    return isParallel() && in.size() > 1;
  }

  boolean isInterrupting() {
    return element instanceof BoundaryEvent event && event.cancelActivity()
        || element instanceof StartEvent start && start.isInterrupting();
  }

  Optional<CallActivity> call() {
    return element instanceof CallActivity call ? Optional.of(call) : Optional.empty();
  }

  /** The expression a service task is. */
  Optional<String> delegate() {
    return element instanceof ServiceTask task
        ? Optional.ofNullable(task.getCamundaDelegateExpression())
        : Optional.empty();
  }

  List<EventDefinition> definitions() {
    if (element instanceof CatchEvent event) {
      return List.copyOf(event.getEventDefinitions());
    }
    return element instanceof ThrowEvent event
        ? List.copyOf(event.getEventDefinitions())
        : List.of();
  }

  private <T extends EventDefinition> Optional<T> definition(Class<T> type) {
    return definitions().stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  boolean isTimer() {
    return definition(TimerEventDefinition.class).isPresent();
  }

  boolean isTerminate() {
    return definition(TerminateEventDefinition.class).isPresent();
  }

  boolean isError() {
    return definition(ErrorEventDefinition.class).isPresent();
  }

  /** The code of the error that it throws or catches; empty catches all. */
  String errorCode() {
    return definition(ErrorEventDefinition.class)
        .map(ErrorEventDefinition::getError)
        .map(error -> error.getErrorCode() == null ? "" : error.getErrorCode())
        .orElse("");
  }

  /** The name by which a link event finds the other end. */
  Optional<String> link() {
    return definition(LinkEventDefinition.class).map(LinkEventDefinition::getName);
  }

  /** Whether a token rests here until something happens. */
  boolean isWait() {
    return isUserTask()
        || isEventGateway()
        || element instanceof ReceiveTask
        || (element instanceof IntermediateCatchEvent && link().isEmpty() && !isRaced())
        || isAsynchronous();
  }

  /** Whether a gateway has waited for it already. */
  private boolean isRaced() {
    return in.stream().anyMatch(flow -> flow.from().isEventGateway());
  }

  private boolean isAsynchronous() {
    return element.isCamundaAsyncBefore() || element.isCamundaAsyncAfter();
  }

  /** Whether it fires while a token rests; others may fire with any step. */
  boolean firesAtWaits() {
    return isTimer() || definition(MessageEventDefinition.class).isPresent();
  }

  Optional<MultiInstanceLoopCharacteristics> multiInstance() {
    return element.getChildElementsByType(MultiInstanceLoopCharacteristics.class).stream()
        .findFirst();
  }

  /** The sub-processes that events start while a token is in this one. */
  List<Node> eventSubProcesses() {
    return inner.stream().filter(Node::isEventSubProcess).toList();
  }

  @Override
  public String toString() {
    return step().toString();
  }
}
