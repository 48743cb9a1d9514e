package io.countersign.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.review.MigrationWish;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.JsonBody;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Reads which instances shall be moved to which version, and why. */
@Component
class MigrationReader {

  private static final int MAX_BODY = 64 * 1024;
  private static final int MAX_REASON = 500;
  private static final int MAX_PAIRS = 100;
  private static final int MAX_REQUESTS = 500;
  private static final Pattern ELEMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
  private static final List<String> FIELDS =
      List.of("from", "to", "dryRun", "reason", "mapping", "requests");

  /**
   * What somebody sent.
   *
   * @param reason why; needed where it is no dry run
   */
  record Read(MigrationWish wish, boolean dryRun, Optional<String> reason) {}

  Read read(String chain, InputStream body) throws IOException {
    JsonNode document = JsonBody.read(body, MAX_BODY, FIELDS);
    int from = version(document, "from");
    int to = version(document, "to");
    if (from == to) {
      throw invalid("/to", "expected another version than from");
    }
    boolean dryRun = dryRun(document);
    Optional<String> reason = reason(document);
    if (!dryRun && reason.isEmpty()) {
      throw invalid("/reason", "expected text of 1 to " + MAX_REASON + " characters");
    }
    return new Read(
        new MigrationWish(chain, from, to, mapping(document), requests(document)), dryRun, reason);
  }

  private static int version(JsonNode document, String field) {
    JsonNode value = document.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      throw invalid("/" + field, "expected the number of a version");
    }
    return value.intValue();
  }

  private static boolean dryRun(JsonNode document) {
    JsonNode value = document.path("dryRun");
    if (!value.isBoolean()) {
      throw invalid("/dryRun", "expected true or false");
    }
    return value.booleanValue();
  }

  private static Optional<String> reason(JsonNode document) {
    JsonNode value = document.path("reason");
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.isTextual() ? value.textValue().strip() : "";
    if (text.isEmpty() || text.length() > MAX_REASON) {
      throw invalid("/reason", "expected text of 1 to " + MAX_REASON + " characters");
    }
    return Optional.of(text);
  }

  private static SortedMap<String, String> mapping(JsonNode document) {
    JsonNode value = document.path("mapping");
    SortedMap<String, String> pairs = new TreeMap<>();
    if (value.isMissingNode() || value.isNull()) {
      return pairs;
    }
    String expected = "expected an object of up to " + MAX_PAIRS + " element ids by element ids";
    if (!value.isObject() || value.size() > MAX_PAIRS) {
      throw invalid("/mapping", expected);
    }
    for (Map.Entry<String, JsonNode> pair : value.properties()) {
      if (!isElement(pair.getKey())
          || !pair.getValue().isTextual()
          || !isElement(pair.getValue().textValue())) {
        throw invalid("/mapping", expected);
      }
      pairs.put(pair.getKey(), pair.getValue().textValue());
    }
    return pairs;
  }

  private static boolean isElement(String id) {
    return ELEMENT.matcher(id).matches();
  }

  private static SortedSet<String> requests(JsonNode document) {
    JsonNode value = document.path("requests");
    SortedSet<String> ids = new TreeSet<>();
    if (value.isMissingNode() || value.isNull()) {
      return ids;
    }
    String expected = "expected 1 to " + MAX_REQUESTS + " ids of requests";
    if (!value.isArray() || value.isEmpty() || value.size() > MAX_REQUESTS) {
      throw invalid("/requests", expected);
    }
    for (JsonNode id : value) {
      if (!id.isTextual() || RequestId.find(id.textValue()).isEmpty()) {
        throw invalid("/requests", expected);
      }
      ids.add(id.textValue());
    }
    return ids;
  }

  private static Problem invalid(String field, String expected) {
    return new Problem(ProblemType.INVALID_BODY, field, expected);
  }
}
