package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Says in a few words what a keyword of a schema expects; never what was found. */
final class SchemaWords {

  private SchemaWords() {}

  static String expected(String keyword, JsonNode holder) {
    JsonNode rule = holder.path(keyword);
    return switch (keyword) {
      case "type" -> type(rule);
      case "enum" -> "one of " + list(rule);
      case "const" -> rule.asText();
      case "required" -> "a value";
      case "additionalProperties" -> "only the fields " + names(holder.path("properties"));
      case "minLength" -> "text of at least " + rule.asText() + " characters";
      case "maxLength" -> "text of at most " + rule.asText() + " characters";
      case "pattern" -> pattern(holder);
      case "format" -> "text of the format " + rule.asText();
      case "minimum" -> "a number of at least " + rule.asText();
      case "maximum" -> "a number of at most " + rule.asText();
      case "exclusiveMinimum" -> "a number above " + rule.asText();
      case "exclusiveMaximum" -> "a number below " + rule.asText();
      case "multipleOf" -> "a multiple of " + rule.asText();
      case "minItems" -> "a list of at least " + rule.asText() + " items";
      case "maxItems" -> "a list of at most " + rule.asText() + " items";
      case "contains", "minContains" -> "a list that contains " + holder.findPath("const").asText();
      case "uniqueItems" -> "a list without repetitions";
      case "minProperties" -> "an object with at least " + rule.asText() + " fields";
      case "maxProperties" -> "an object with at most " + rule.asText() + " fields";
      case "propertyNames" -> rule.path("description").asText("a name of the declared form");
      default -> "a value that keeps to " + keyword;
    };
  }

  private static String type(JsonNode rule) {
    List<String> types = new ArrayList<>();
    if (rule.isArray()) {
      rule.forEach(type -> types.add(article(type.asText())));
    } else {
      types.add(article(rule.asText()));
    }
    return String.join(" or ", types);
  }

  private static String article(String type) {
    return switch (type) {
      case "object" -> "an object";
      case "array" -> "a list";
      case "integer" -> "an integer";
      case "boolean" -> "true or false";
      case "null" -> "null";
      case "string" -> "text";
      default -> "a " + type;
    };
  }

  /** A description beside a pattern explains it better than the pattern does. */
  private static String pattern(JsonNode holder) {
    return holder.hasNonNull("description")
        ? holder.get("description").asText()
        : "text of the form " + holder.path("pattern").asText();
  }

  private static String list(JsonNode values) {
    List<String> names = new ArrayList<>();
    values.forEach(value -> names.add(value.asText()));
    return String.join(", ", names);
  }

  private static String names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return String.join(", ", names);
  }
}
