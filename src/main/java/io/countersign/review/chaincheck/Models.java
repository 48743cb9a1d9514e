package io.countersign.review.chaincheck;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.w3c.dom.Document;

/**
 * The models of one deployment: chains find the processes they call among them and nowhere else.
 */
final class Models {

  /**
   * One file.
   *
   * @param document what the engine will read, word for word
   */
  record Model(String file, Document document, List<Drawing> drawings) {}

  private final List<Model> files = new ArrayList<>();
  private final Map<String, Drawing> drawings = new LinkedHashMap<>();
  private final List<Finding> unreadable = new ArrayList<>();

  private Models() {}

  static Models read(Map<String, byte[]> contents) {
    Models models = new Models();
    contents.forEach(models::add);
    return models;
  }

  private void add(String file, byte[] content) {
    try {
      BpmnModelInstance instance = Bpmn.readModelFromStream(new ByteArrayInputStream(content));
      List<Drawing> drawn =
          instance.getModelElementsByType(Process.class).stream()
              .map(process -> Drawing.of(file, process))
              .toList();
      Document document =
          (Document) Objects.requireNonNull(instance.getDocument().getDomSource().getNode());
      files.add(new Model(file, document, drawn));
      drawn.forEach(this::add);
    } catch (RuntimeException notBpmn) {
      unreadable.add(
          new Finding("readable", file, "", List.of(), "This is not valid BPMN: " + why(notBpmn)));
    }
  }

  private void add(Drawing drawing) {
    if (drawings.putIfAbsent(drawing.id(), drawing) != null) {
      unreadable.add(drawing.finding("readable", "Two processes are called " + drawing.id() + "."));
    }
  }

  private static String why(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }

  List<Finding> unreadable() {
    return unreadable;
  }

  List<Model> files() {
    return files;
  }

  Collection<Drawing> drawings() {
    return drawings.values();
  }

  Drawing drawing(String process) {
    return Objects.requireNonNull(drawings.get(process));
  }

  /** The process that a call activity starts, if it is among these. */
  Optional<Drawing> called(Node call) {
    return call.call().map(CallActivity::getCalledElement).map(drawings::get);
  }

  boolean isCalled(Drawing drawing) {
    return drawings.values().stream()
        .flatMap(caller -> caller.nodes().stream())
        .anyMatch(node -> called(node).filter(drawing::equals).isPresent());
  }
}
