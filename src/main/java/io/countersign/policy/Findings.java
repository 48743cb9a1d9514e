package io.countersign.policy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in a manifest, with line and field, to be reported in one go. */
final class Findings {

  private static final int LONGEST_QUOTE = 60;

  private final YamlDocument yaml;
  private final List<ManifestError> errors;
  private final List<Finding> found = new ArrayList<>();

  Findings(YamlDocument yaml, List<ManifestError> errors) {
    this.yaml = yaml;
    this.errors = errors;
  }

  private record Finding(String pointer, int line, String problem) {}

  /** Whether the document fits well enough to be looked at action by action. */
  boolean fits(JsonShape shape) {
    JsonNode root = yaml.root();
    for (JsonShape.Mismatch mismatch : shape.check(root)) {
      if (!mismatch.unknown().isEmpty()) {
        String pointer = mismatch.pointer() + "/" + JsonShape.escape(mismatch.unknown());
        add(pointer, mismatch.expected() + " here, found another");
      } else if (mismatch.missing()) {
        add(mismatch.pointer(), mismatch.expected() + ", found none");
      } else {
        add(mismatch.pointer(), mismatch.expected() + ", found " + quote(mismatch.pointer()));
      }
    }
    if (root.path("actions").isObject() && root.path("defaults").isObject()) {
      return true;
    }
    report();
    return false;
  }

  /** Adds an error about a field; the text goes on after "expected". */
  void add(String pointer, String expected) {
    found.add(new Finding(pointer, yaml.line(pointer), "expected " + expected));
  }

  /** Whether nothing was found at a field or below it. */
  boolean clean(String pointer) {
    return found.stream()
        .noneMatch(
            finding ->
                finding.pointer().equals(pointer) || finding.pointer().startsWith(pointer + "/"));
  }

  void report() {
    found.stream()
        .distinct()
        .sorted(Comparator.comparingInt(Finding::line))
        .map(
            finding ->
                new ManifestError(
                    PolicyFiles.MANIFEST,
                    finding.line(),
                    field(finding.pointer()),
                    finding.problem()))
        .forEach(errors::add);
  }

  String quote(String pointer) {
    JsonNode node = yaml.root().at(pointer);
    if (node.isTextual()) {
      String text = node.textValue();
      boolean longer = text.length() > LONGEST_QUOTE;
      return '"' + (longer ? text.substring(0, LONGEST_QUOTE) + "…" : text) + '"';
    }
    return node.isObject() ? "an object" : node.isArray() ? "a list" : node.toString();
  }

  private String field(String pointer) {
    StringBuilder field = new StringBuilder();
    JsonNode at = yaml.root();
    for (JsonPointer rest = JsonPointer.compile(pointer); !rest.matches(); rest = rest.tail()) {
      String name = rest.getMatchingProperty();
      if (at.isArray()) {
        field.append('[').append(name).append(']');
        at = at.path(rest.getMatchingIndex());
      } else {
        field.append(field.isEmpty() ? "" : ".").append(name);
        at = at.path(name);
      }
    }
    return field.toString();
  }
}
