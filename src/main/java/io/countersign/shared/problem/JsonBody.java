package io.countersign.shared.problem;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.json.MalformedJson;
import io.countersign.shared.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;

/** Reads bodies that are a JSON object of known fields. */
public final class JsonBody {

  private JsonBody() {}

  /**
   * Reads a body to its end, or to where it is too long.
   *
   * @param longest how many bytes it may have
   * @param fields the only ones it may have
   * @throws Problem if it is anything else
   */
  public static JsonNode read(InputStream body, int longest, Collection<String> fields)
      throws IOException {
    byte[] bytes = body.readNBytes(longest + 1);
    if (bytes.length > longest) {
      throw new Problem(ProblemType.TOO_LARGE, "expected a body of at most " + longest + " bytes");
    }
    JsonNode document = parse(bytes, longest);
    requireFields(document, fields);
    return document;
  }

  /**
   * Passes a JSON object of known fields.
   *
   * @param fields the only ones it may have
   * @throws Problem if it is anything else
   */
  public static void requireFields(JsonNode document, Collection<String> fields) {
    if (!document.isObject()) {
      throw new Problem(ProblemType.INVALID_BODY, "expected a JSON object");
    }
    if (!fields.containsAll(document.properties().stream().map(Map.Entry::getKey).toList())) {
      throw new Problem(ProblemType.INVALID_BODY, "expected only " + String.join(", ", fields));
    }
  }

  private static JsonNode parse(byte[] bytes, int longest) {
    try {
      return StrictJson.read(bytes, longest);
    } catch (MalformedJson e) {
      throw new Problem(ProblemType.MALFORMED_JSON, e.pointer(), String.valueOf(e.getMessage()));
    }
  }
}
