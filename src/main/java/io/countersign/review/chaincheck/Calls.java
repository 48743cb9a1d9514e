package io.countersign.review.chaincheck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.jspecify.annotations.Nullable;

/** What call activities call, and what they hand over. */
final class Calls {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern OWN_KEY = Pattern.compile("[$#]\\{execution\\.processBusinessKey}");

  private final Models models;
  private final Drawing drawing;
  private final List<Finding> findings = new ArrayList<>();

  private Calls(Models models, Drawing drawing) {
    this.models = models;
    this.drawing = drawing;
  }

  static List<Finding> findings(Models models, Drawing drawing) {
    Calls calls = new Calls(models, drawing);
    drawing.nodes().stream().filter(node -> node.call().isPresent()).forEach(calls::check);
    return calls.findings;
  }

  private void check(Node node) {
    CallActivity call = node.call().orElseThrow();
    String called = Objects.requireNonNullElse(call.getCalledElement(), "");
    if (!NAME.matcher(called).matches()) {
      against(
          Rules.DEPLOYMENT_BINDING,
          node,
          "What is called must be written down, not computed: \"" + called + "\".");
    } else if (models.called(node).isEmpty()) {
      against(
          Rules.DEPLOYMENT_BINDING,
          node,
          "It calls " + called + ", which is not in this deployment. Deploy both together.");
    } else if (below(models, node).contains(drawing)) {
      against(Rules.DEPLOYMENT_BINDING, node, called + " calls " + drawing.id() + " in turn.");
    }
    if (!"deployment".equals(call.getCamundaCalledElementBinding())) {
      against(
          Rules.DEPLOYMENT_BINDING,
          node,
          "A call activity binds to \"deployment\": a request keeps the rules it started under.");
    }
    handsOver(node, mappings(call));
  }

  private void handsOver(Node node, Collection<CamundaIn> mappings) {
    Set<String> expected = new HashSet<>(Set.of("business key", "requestId", "stage"));
    for (CamundaIn in : mappings) {
      Optional<String> given = given(node, in);
      if (given.isEmpty()) {
        against(
            Rules.SAME_REQUEST,
            node,
            "It hands over something else than its business key, requestId, and the name of a stage: "
                + text(in)
                + ".");
      } else if (!expected.remove(given.get())) {
        against(Rules.SAME_REQUEST, node, "It hands over " + given.get() + " twice.");
      }
    }
    if (!expected.isEmpty()) {
      against(
          Rules.SAME_REQUEST,
          node,
          "It does not hand over: "
              + expected.stream().sorted().collect(Collectors.joining(", "))
              + ".");
    }
  }

  private static Optional<String> given(Node node, CamundaIn in) {
    if (in.getCamundaLocal() || in.getCamundaVariables() != null) {
      return Optional.empty();
    }
    if (in.getCamundaBusinessKey() != null) {
      return OWN_KEY.matcher(in.getCamundaBusinessKey()).matches() && in.getCamundaTarget() == null
          ? Optional.of("business key")
          : Optional.empty();
    }
    if ("requestId".equals(in.getCamundaTarget())) {
      return "requestId".equals(in.getCamundaSource()) && in.getCamundaSourceExpression() == null
          ? Optional.of("requestId")
          : Optional.empty();
    }
    return "stage".equals(in.getCamundaTarget()) && isStage(node, in)
        ? Optional.of("stage")
        : Optional.empty();
  }

  /** A name written down, or the one of the list that a multi-instance goes through. */
  private static boolean isStage(Node node, CamundaIn in) {
    String source = in.getCamundaSource();
    String written = in.getCamundaSourceExpression();
    if (source == null) {
      return written != null && NAME.matcher(written).matches();
    }
    return written == null
        && Place.of(node)
            .outwards()
            .flatMap(place -> place.node().multiInstance().stream())
            .anyMatch(loop -> source.equals(loop.getCamundaElementVariable()));
  }

  private static Collection<CamundaIn> mappings(CallActivity call) {
    return call.getExtensionElements() == null
        ? List.of()
        : call.getExtensionElements().getChildElementsByType(CamundaIn.class);
  }

  private static String text(CamundaIn in) {
    return List.of(
            part("business key", in.getCamundaBusinessKey()),
            part("variables", in.getCamundaVariables()),
            part("source", in.getCamundaSource()),
            part("expression", in.getCamundaSourceExpression()),
            part("target", in.getCamundaTarget()))
        .stream()
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String part(String name, @Nullable String value) {
    return value == null ? "" : name + " " + value;
  }

  /** Whether some process calls itself in the end: no token would ever get through. */
  static boolean goInCircles(Models models) {
    return models.drawings().stream()
        .anyMatch(
            drawing ->
                drawing.nodes().stream().anyMatch(node -> below(models, node).contains(drawing)));
  }

  private static Set<Drawing> below(Models models, Node call) {
    Set<Drawing> below = new HashSet<>();
    models.called(call).ifPresent(called -> collect(models, called, below));
    return below;
  }

  private static void collect(Models models, Drawing called, Set<Drawing> below) {
    if (below.add(called)) {
      called
          .nodes()
          .forEach(node -> models.called(node).ifPresent(next -> collect(models, next, below)));
    }
  }

  private void against(String rule, Node at, String sentence) {
    findings.add(drawing.finding(rule, at, sentence));
  }
}
