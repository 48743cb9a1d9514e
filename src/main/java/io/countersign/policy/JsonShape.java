package io.countersign.policy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JSON Schema (2020-12) that never fetches anything, with sentences of our own. */
public final class JsonShape {

  private static final SchemaRegistry OFFLINE =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder
                  .schemaCacheEnabled(false)
                  .schemaLoader(loader -> loader.fetchRemoteResources(false))
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode document;
  private final Schema schema;

  /** A shape that this schema describes. */
  public JsonShape(JsonNode document) {
    this.document = document;
    schema = OFFLINE.getSchema(document);
    schema.initializeValidators();
  }

  /** What does not fit; empty when everything does. */
  public List<Mismatch> check(JsonNode value) {
    List<Mismatch> overlong = tooLong(document, value, "");
    if (!overlong.isEmpty()) {
      return overlong;
    }
    return schema.validate(value).stream().map(this::describe).distinct().toList();
  }

  /**
   * Lists beyond their limit, found before anything in them is looked at: a validator would first
   * collect what is wrong with each of a million entries.
   */
  private static List<Mismatch> tooLong(JsonNode rule, JsonNode value, String pointer) {
    if (value.isArray() && value.size() > rule.path("maxItems").asInt(Integer.MAX_VALUE)) {
      return List.of(new Mismatch(pointer, SchemaWords.expected("maxItems", rule), "", false));
    }
    List<Mismatch> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : rule.path("properties").properties()) {
      String name = property.getKey();
      JsonNode inner = value.path(name);
      found.addAll(tooLong(property.getValue(), inner, pointer + "/" + escape(name)));
    }
    return found;
  }

  private Mismatch describe(Error error) {
    String keyword = error.getKeyword();
    JsonPointer rule = JsonPointer.compile(pointer(error.getSchemaLocation().getFragment()));
    JsonNode holder = keyword.equals(last(rule)) ? document.at(rule.head()) : document.at(rule);
    String pointer = pointer(error.getInstanceLocation());
    String property = error.getProperty();
    boolean missing = "required".equals(keyword) && property != null;
    boolean named = missing || ("propertyNames".equals(keyword) && property != null);
    return new Mismatch(
        named ? pointer + "/" + escape(property) : pointer,
        SchemaWords.expected(keyword, holder),
        "additionalProperties".equals(keyword) && property != null ? property : "",
        missing);
  }

  private static String last(JsonPointer pointer) {
    JsonPointer last = pointer.last();
    return last == null ? "" : last.getMatchingProperty();
  }

  private static String pointer(NodePath path) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      pointer.append('/').append(escape(String.valueOf((Object) path.getElement(i))));
    }
    return pointer.toString();
  }

  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /**
   * One place that does not fit.
   *
   * @param unknown the name of a field nobody declared; empty for any other mismatch
   * @param missing whether nothing was found at the pointer
   */
  public record Mismatch(String pointer, String expected, String unknown, boolean missing) {}
}
