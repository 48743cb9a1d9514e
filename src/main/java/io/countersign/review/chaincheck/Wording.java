package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Finding.Step;
import io.countersign.review.chaincheck.Language.Refusal;
import io.countersign.review.chaincheck.Models.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;

/**
 * Every word of a model is one that chains are written in. It reads the document and not the model
 * made of it: the engine takes elements by their local names, whatever their namespace.
 */
final class Wording {

  private static final String XMLNS = "http://www.w3.org/2000/xmlns/";
  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final Map<String, String> PREFIXES =
      Map.of("http://www.omg.org/spec/BPMN/20100524/MODEL", "", CAMUNDA, "camunda:");
  private static final String DIAGRAMS = "http://www.omg.org/spec/BPMN/20100524/DI";
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  /** Notes of tools and the types of expressions; the engine does not act on them. */
  private static final Set<String> IGNORED = Set.of("http://camunda.org/schema/modeler/1.0", XSI);

  private final Model model;
  private final Values values;
  private final List<Finding> findings = new ArrayList<>();

  private Wording(Model model, Vocabulary vocabulary) {
    this.model = model;
    this.values = new Values(vocabulary);
  }

  static List<Finding> findings(Model model, Vocabulary vocabulary) {
    Wording wording = new Wording(model, vocabulary);
    wording.read(model.document().getDocumentElement());
    return wording.findings;
  }

  private void read(Element element) {
    if (isDiagram(element)) {
      return;
    }
    String name = name(element);
    if (!Language.knows(name)) {
      against(element, "<" + name + ">", Language.whyNotElement(name));
      return;
    }
    attributes(element).forEach(attribute -> read(element, name, attribute));
    children(element).forEach(this::read);
    Language.textKind(name).ifPresent(kind -> check(element, "", kind, text(element)));
    if (Language.textKind(name).isEmpty() && !text(element).isEmpty()) {
      against(element, "Text in <" + name + ">", Language.whyNotElement(""));
    }
    inPlace(element, name);
  }

  private void read(Element element, String name, Attr attribute) {
    String uri = attribute.getNamespaceURI();
    boolean isDefaultOfTheSchema = !attribute.getSpecified();
    if (isDefaultOfTheSchema || XMLNS.equals(uri) || IGNORED.contains(uri == null ? "" : uri)) {
      return;
    }
    String called =
        uri == null ? attribute.getLocalName() : prefixed(uri, attribute.getLocalName());
    Optional<String> kind =
        uri == null || called.startsWith("camunda:")
            ? Language.kind(name, called)
            : Optional.empty();
    if (kind.isPresent()) {
      check(element, called + " ", kind.get(), attribute.getValue());
    } else if (!isHarmlessDefault(called, attribute.getValue())) {
      against(
          element, called + "=\"" + attribute.getValue() + "\"", Language.whyNotAttribute(called));
    }
  }

  /** What modelers write although it says nothing. */
  private static boolean isHarmlessDefault(String attribute, String value) {
    return Set.of("isForCompensation", "isClosed", "instantiate", "parallelMultiple")
            .contains(attribute)
        && value.equals("false");
  }

  private void check(Element element, String what, String kind, String value) {
    values
        .against(kind, value)
        .ifPresent(refusal -> against(element, what + "\"" + value + "\"", refusal));
  }

  /** What is allowed in one place only. */
  private void inPlace(Element element, String name) {
    Element around = around(element);
    String parent = around == null ? "" : name(around);
    if (name.equals("documentation")
        && parent.equals("userTask")
        && Expressions.isEvaluated(text(element))) {
      against(
          element,
          "The documentation of a user task",
          new Refusal(Rules.KNOWN_BEANS, "The engine evaluates it; leave out the expression."));
    }
    if (name.equals("timeCycle") && interrupts(element)) {
      against(
          element,
          "\"" + text(element) + "\"",
          new Refusal(Rules.KNOWN_TIMERS, "What happens once has no cycle."));
    }
    if (name.equals("messageEventDefinition")
        && Set.of("endEvent", "intermediateThrowEvent").contains(parent)) {
      against(
          element,
          "<" + name + ">",
          new Refusal(Rules.KNOWN_ELEMENTS, "Nothing leaves the house except by the outbox."));
    }
    if (name.equals("serviceTask") && !element.hasAttributeNS(CAMUNDA, "delegateExpression")) {
      against(
          element, "This service task", new Refusal(Rules.DELEGATES_ONLY, "It names no delegate."));
    }
  }

  private boolean interrupts(Element cycle) {
    return Stream.<Element>iterate(cycle, Objects::nonNull, Wording::around)
        .map(at -> at.getAttribute("id"))
        .flatMap(id -> model.drawings().stream().flatMap(drawing -> drawing.find(id).stream()))
        .findFirst()
        .filter(event -> event.isInterrupting() || !(event.isBoundary() || event.isStart()))
        .isPresent();
  }

  private static boolean isDiagram(Element element) {
    return DIAGRAMS.equals(element.getNamespaceURI())
        && element.getLocalName().equals("BPMNDiagram");
  }

  private static String name(Element element) {
    String uri = element.getNamespaceURI();
    return prefixed(uri == null ? "" : uri, element.getLocalName());
  }

  private static String prefixed(String uri, String name) {
    return PREFIXES.getOrDefault(uri, "{" + uri + "}") + name;
  }

  private static Stream<Attr> attributes(Element element) {
    var all = element.getAttributes();
    return IntStream.range(0, all.getLength()).mapToObj(all::item).map(Attr.class::cast);
  }

  private static Stream<Element> children(Element element) {
    return nodes(element).filter(Element.class::isInstance).map(Element.class::cast);
  }

  private static Stream<org.w3c.dom.Node> nodes(Element element) {
    NodeList all = element.getChildNodes();
    return IntStream.range(0, all.getLength()).mapToObj(all::item);
  }

  /** The text between the tags, comments left out as the engine does. */
  private static String text(Element element) {
    StringBuilder text = new StringBuilder();
    nodes(element).filter(Text.class::isInstance).forEach(node -> text.append(node.getNodeValue()));
    return text.toString().strip();
  }

  private void against(Element element, String what, Refusal refusal) {
    findings.add(finding(element, refusal.rule(), what + ": " + refusal.sentence()));
  }

  private Finding finding(Element element, String rule, String sentence) {
    return Stream.<Element>iterate(element, Objects::nonNull, Wording::around)
        .map(at -> at.getAttribute("id"))
        .flatMap(
            id ->
                model.drawings().stream()
                    .flatMap(drawing -> drawing.finding(rule, id, sentence).stream()))
        .findFirst()
        .orElseGet(() -> new Finding(rule, model.file(), "", List.of(step(element)), sentence));
  }

  private static Step step(Element element) {
    return new Step("", element.getAttribute("id"), element.getAttribute("name"));
  }

  private static @Nullable Element around(Element element) {
    return element.getParentNode() instanceof Element around ? around : null;
  }
}
