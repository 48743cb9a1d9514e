package io.countersign.review.chaincheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A chain made up for a test, as plain data: it can be played, and it can be written as BPMN. */
final class Sketch {

  enum Kind {
    START("startEvent"),
    TIMER_START("startEvent"),
    END("endEvent"),
    APPROVED("endEvent"),
    TERMINATE("endEvent"),
    REFUSED("endEvent"),
    STEP("serviceTask"),
    CONCLUDE("serviceTask"),
    PERSON("userTask"),
    PAUSE("intermediateCatchEvent"),
    CHOICE("exclusiveGateway"),
    FORK("parallelGateway"),
    JOIN("parallelGateway"),
    SCOPE("subProcess"),
    EVENT_SCOPE("subProcess"),
    CALL("callActivity"),
    DEADLINE("boundaryEvent"),
    NUDGE("boundaryEvent"),
    CATCH("boundaryEvent");

    final String tag;

    Kind(String tag) {
      this.tag = tag;
    }
  }

  /**
   * One element.
   *
   * @param scope the sub-process or process that holds it
   * @param about the activity of a boundary event, or the process that is called
   * @param once whether an event interrupts, or whether an activity is surely done
   */
  record Element(String id, Kind kind, String scope, String about, boolean once) {}

  /**
   * One flow.
   *
   * @param asks what it asks: an outcome, {@code ?} for what nobody can know, {@code else} for the
   *     default, or nothing
   */
  record Arrow(String id, String from, String to, String asks) {}

  static final String CHAIN = "approve-something";

  final List<Element> elements = new ArrayList<>();
  final List<Arrow> arrows = new ArrayList<>();
  final List<String> processes = new ArrayList<>(List.of(CHAIN));

  String add(Kind kind, String scope) {
    return add(kind, scope, "", true);
  }

  String add(Kind kind, String scope, String about, boolean once) {
    String id = kind + "_" + elements.size();
    elements.add(new Element(id, kind, scope, about, once));
    return id;
  }

  void connect(String from, String to, String asks) {
    arrows.add(new Arrow("Flow_" + arrows.size(), from, to, asks));
  }

  Element element(String id) {
    return elements.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
  }

  List<Arrow> from(String id) {
    return arrows.stream().filter(it -> it.from().equals(id)).toList();
  }

  long into(String id) {
    return arrows.stream().filter(it -> it.to().equals(id)).count();
  }

  List<Element> in(String scope) {
    return elements.stream().filter(it -> it.scope().equals(scope)).toList();
  }

  List<Element> eventsOn(String activity) {
    return elements.stream()
        .filter(it -> it.kind().tag.equals("boundaryEvent") && it.about().equals(activity))
        .toList();
  }

  String bpmn() {
    return """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="sketch">
        <error id="Closed" errorCode="stage-closed"/>
        %s
        </definitions>
        """
        .formatted(
            processes.stream()
                .map(
                    id ->
                        "<process id='"
                            + id
                            + "' isExecutable='true'>"
                            + content(id)
                            + "</process>")
                .collect(Collectors.joining("\n")));
  }

  private String content(String scope) {
    Stream<String> drawn = in(scope).stream().map(this::element);
    Stream<String> flows =
        arrows.stream().filter(it -> element(it.from()).scope().equals(scope)).map(this::flow);
    return Stream.concat(drawn, flows).collect(Collectors.joining("\n"));
  }

  private String flow(Arrow arrow) {
    String asked =
        switch (arrow.asks()) {
          case "", "else" -> "";
          case "?" -> "${stageClock.escalationDue(execution)}";
          default -> "${outcome == '" + arrow.asks() + "'}";
        };
    String condition =
        asked.isEmpty() ? "" : "<conditionExpression>" + asked + "</conditionExpression>";
    return "<sequenceFlow id='%s' sourceRef='%s' targetRef='%s'>%s</sequenceFlow>"
        .formatted(arrow.id(), arrow.from(), arrow.to(), condition);
  }

  private String element(Element it) {
    String timer = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>";
    String error = "<errorEventDefinition errorRef='Closed'/>";
    String maybeNobody =
        it.once() ? "" : "<multiInstanceLoopCharacteristics camunda:collection='${whoever}'/>";
    String attributes =
        switch (it.kind()) {
          case STEP -> "camunda:delegateExpression='${remindReviewers}'";
          case CONCLUDE -> "camunda:delegateExpression='${concludeRequest}'";
          case APPROVED -> "name='Approved'";
          case TIMER_START -> "isInterrupting='" + it.once() + "'";
          case EVENT_SCOPE -> "triggeredByEvent='true'";
          case CALL ->
              "calledElement='" + it.about() + "' camunda:calledElementBinding='deployment'";
          case DEADLINE, CATCH -> "attachedToRef='" + it.about() + "'";
          case NUDGE -> "cancelActivity='false' attachedToRef='" + it.about() + "'";
          case CHOICE -> otherwise(it.id()).map(flow -> "default='" + flow.id() + "'").orElse("");
          default -> "";
        };
    String inner =
        switch (it.kind()) {
          case TIMER_START, PAUSE, DEADLINE, NUDGE -> timer;
          case TERMINATE -> "<terminateEventDefinition/>";
          case REFUSED, CATCH -> error;
          case PERSON, CALL -> maybeNobody;
          case SCOPE, EVENT_SCOPE -> maybeNobody(it, maybeNobody) + content(it.id());
          default -> "";
        };
    return "<%1$s id='%2$s' %3$s>%4$s</%1$s>".formatted(it.kind().tag, it.id(), attributes, inner);
  }

  private static String maybeNobody(Element it, String loop) {
    return it.kind() == Kind.SCOPE ? loop : "";
  }

  private Optional<Arrow> otherwise(String gateway) {
    return from(gateway).stream().filter(it -> it.asks().equals("else")).findFirst();
  }
}
