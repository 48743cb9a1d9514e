package io.countersign.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Which sequence flows of which model were taken. */
final class FlowCoverage extends AbstractBpmnParseListener {

  private final Map<String, Set<String>> drawn = new TreeMap<>();
  private final Map<String, Set<String>> taken = new TreeMap<>();

  @Override
  public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl flow) {
    String model = model(scope);
    drawn.computeIfAbsent(model, it -> new TreeSet<>()).add(flow.getId());
    flow.addListener(
        ExecutionListener.EVENTNAME_TAKE,
        (ExecutionListener)
            execution -> taken.computeIfAbsent(model, it -> new TreeSet<>()).add(flow.getId()));
  }

  private static String model(ScopeImpl scope) {
    ScopeImpl process = scope;
    while (process instanceof ActivityImpl activity) {
      process = activity.getFlowScope();
    }
    return ((org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity) process)
        .getKey();
  }

  /** The flows that nobody took, as {@code model: flow}. */
  List<String> untaken() {
    List<String> untaken = new ArrayList<>();
    drawn.forEach(
        (model, flows) ->
            flows.stream()
                .filter(flow -> !taken.getOrDefault(model, Set.of()).contains(flow))
                .forEach(flow -> untaken.add(model + ": " + flow)));
    return untaken;
  }

  /** One line for each model. */
  String report() {
    StringBuilder lines = new StringBuilder("Sequence flows taken by the tests of the models:\n");
    drawn.forEach(
        (model, flows) ->
            lines.append(
                String.format(
                    "  %-20s %d of %d%n",
                    model, taken.getOrDefault(model, Set.of()).size(), flows.size())));
    return lines.toString();
  }
}
