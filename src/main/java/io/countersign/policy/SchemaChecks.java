package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Whether a parameter schema can be kept to: expressions compile, names exist, texts end. */
final class SchemaChecks {

  private final Findings findings;
  private final String pointer;
  private final JsonNode schema;

  SchemaChecks(Findings findings, String pointer, JsonNode schema) {
    this.findings = findings;
    this.pointer = pointer;
    this.schema = schema;
  }

  void run() {
    switch (schema.path("type").asText()) {
      case "object" -> object();
      case "array" -> array();
      case "string" -> string();
      default -> ordered("minimum", "maximum");
    }
  }

  private void object() {
    JsonNode properties = schema.path("properties");
    int index = 0;
    for (JsonNode name : schema.path("required")) {
      if (!properties.has(name.asText())) {
        findings.add(
            pointer + "/required/" + index,
            "the name of a property, found \"" + name.asText() + '"');
      }
      index++;
    }
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String inner = pointer + "/properties/" + property.getKey();
      new SchemaChecks(findings, inner, property.getValue()).run();
    }
    if (!schema.has("additionalProperties")) {
      findings.add(pointer + "/additionalProperties", "false, found none");
    }
  }

  private void array() {
    if (!schema.has("items") || !schema.has("maxItems")) {
      findings.add(pointer, "items and maxItems beside type array, found one without");
      return;
    }
    ordered("minItems", "maxItems");
    new SchemaChecks(findings, pointer + "/items", schema.path("items")).run();
  }

  private void string() {
    boolean ends = schema.has("maxLength") || schema.has("enum") || schema.has("const");
    if (!ends && !schema.has("pattern")) {
      findings.add(
          pointer, "maxLength, enum or pattern beside type string, found text without end");
    }
    ordered("minLength", "maxLength");
    if (schema.has("pattern")) {
      pattern(schema.get("pattern").asText());
    }
  }

  /** Anchors are asked for because a pattern without them is satisfied by any part of a text. */
  private void pattern(String expression) {
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      findings.add(pointer + "/pattern", "a regular expression, found \"" + expression + '"');
      return;
    }
    if (!expression.startsWith("^") || !expression.endsWith("$")) {
      findings.add(
          pointer + "/pattern", "a regular expression from ^ to $, found \"" + expression + '"');
    }
  }

  private void ordered(String lower, String upper) {
    if (schema.has(lower)
        && schema.has(upper)
        && schema.get(lower).decimalValue().compareTo(schema.get(upper).decimalValue()) > 0) {
      findings.add(pointer + "/" + lower, "no more than " + upper + ", found " + schema.get(lower));
    }
  }
}
