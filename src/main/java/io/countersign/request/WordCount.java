package io.countersign.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** How many words somebody has to read at least who looks at what was proposed. */
final class WordCount {

  private WordCount() {}

  /** What stands between spaces; scripts that write without any count as less than they are. */
  static int of(String headline, JsonNode parameters, @Nullable String rationale) {
    return in(headline) + in(parameters) + (rationale == null ? 0 : in(rationale));
  }

  private static int in(String text) {
    return new StringTokenizer(text).countTokens();
  }

  /** Names of fields are read too. */
  private static int in(JsonNode node) {
    if (!node.isContainerNode()) {
      return in(node.asText());
    }
    int words = node.isObject() ? node.size() : 0;
    for (JsonNode child : node) {
      words += in(child);
    }
    return words;
  }
}
