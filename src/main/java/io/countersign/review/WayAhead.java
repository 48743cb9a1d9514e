package io.countersign.review;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;

/**
 * What tokens can still get to by the ordinary flows of a model. Boundary events and event
 * sub-processes do not count: a stage that is asked only after a fault is not asked.
 */
final class WayAhead {

  private final Set<FlowNode> ahead = new HashSet<>();

  private WayAhead() {}

  /** Everything after these elements; they themselves only if a flow leads back to them. */
  static Set<FlowNode> after(BpmnModelInstance model, Collection<String> elements) {
    WayAhead way = new WayAhead();
    for (String id : elements) {
      if (model.getModelElementById(id) instanceof FlowNode element) {
        way.leave(element);
        if (asksOneByOne(element)) {
          way.arrive(element);
        }
      }
    }
    return way.ahead;
  }

  private static boolean asksOneByOne(FlowNode element) {
    return element instanceof Activity activity
        && activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop
        && loop.isSequential();
  }

  private void leave(FlowNode element) {
    element.getOutgoing().stream().map(SequenceFlow::getTarget).forEach(this::arrive);
    boolean ends = element instanceof EndEvent end && end.getEventDefinitions().isEmpty();
    if (ends && element.getParentElement() instanceof SubProcess around) {
      leave(around);
    }
  }

  private void arrive(FlowNode element) {
    if (!ahead.add(element)) {
      return;
    }
    if (element instanceof SubProcess inner) {
      inner.getChildElementsByType(StartEvent.class).forEach(this::arrive);
    } else {
      leave(element);
    }
  }
}
