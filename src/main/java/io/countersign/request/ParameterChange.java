package io.countersign.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a JSON patch (RFC 6902) from the proposed to the decided parameters.
 *
 * @param op {@code add}, {@code remove} or {@code replace}
 * @param path a JSON pointer (RFC 6901)
 * @param value the decided value; absent for {@code remove}
 */
public record ParameterChange(String op, String path, @Nullable JsonNode value) {

  /** What turns one document into the other; empty if they are equal. */
  public static List<ParameterChange> between(JsonNode proposed, JsonNode decided) {
    List<ParameterChange> changes = new ArrayList<>();
    collect("", proposed, decided, changes);
    return List.copyOf(changes);
  }

  private static void collect(
      String path, JsonNode from, JsonNode to, List<ParameterChange> changes) {
    if (from.equals(to)) {
      return;
    }
    if (!from.isObject() || !to.isObject()) {
      changes.add(new ParameterChange("replace", path, to));
      return;
    }
    for (Iterator<String> names = from.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!to.has(name)) {
        changes.add(new ParameterChange("remove", path + "/" + escape(name), null));
      }
    }
    for (Map.Entry<String, JsonNode> field : to.properties()) {
      String inner = path + "/" + escape(field.getKey());
      JsonNode before = from.get(field.getKey());
      if (before == null) {
        changes.add(new ParameterChange("add", inner, field.getValue()));
      } else {
        collect(inner, before, field.getValue(), changes);
      }
    }
  }

  private static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
