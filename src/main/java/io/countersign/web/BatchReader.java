package io.countersign.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.problem.JsonBody;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.Problem.FieldError;
import io.countersign.shared.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the body of a batch; one item of a wrong shape refuses it as a whole. */
@Component
class BatchReader {

  private static final int MAX_BODY = 512 * 1024;
  private static final int MAX_ITEMS = 50;
  private static final List<String> FIELDS =
      List.of("actionDigest", "decision", "reason", "requestId", "stage");

  private final DecisionReader decisions;

  BatchReader(DecisionReader decisions) {
    this.decisions = decisions;
  }

  /** One decision, about the request of that id. */
  record Item(String requestId, DecisionReader.Read read) {}

  List<Item> read(InputStream body) throws IOException {
    JsonNode items = JsonBody.read(body, MAX_BODY, List.of("items")).path("items");
    if (!items.isArray() || items.isEmpty() || items.size() > MAX_ITEMS) {
      throw new Problem(
          ProblemType.INVALID_BODY, "/items", "expected a list of 1 to " + MAX_ITEMS + " items");
    }
    List<Item> read = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = item(items.get(i), "/items/" + i);
      if (!seen.add(item.requestId() + "\n" + item.read().stage().orElse(""))) {
        throw new Problem(
            ProblemType.INVALID_BODY, "/items/" + i, "expected every review at most once");
      }
      read.add(item);
    }
    return read;
  }

  private Item item(JsonNode item, String at) {
    try {
      JsonBody.requireFields(item, FIELDS);
      return new Item(requestId(item), decisions.read(item));
    } catch (Problem problem) {
      throw at(problem, at);
    }
  }

  private static String requestId(JsonNode item) {
    JsonNode id = item.path("requestId");
    if (!id.isTextual()) {
      throw new Problem(ProblemType.INVALID_BODY, "/requestId", "expected the id of a request");
    }
    return id.textValue();
  }

  /** Says of every field in which item it is. */
  private static Problem at(Problem problem, String item) {
    List<FieldError> errors =
        problem.errors().isEmpty()
            ? List.of(new FieldError(item, String.valueOf(problem.getMessage())))
            : problem.errors().stream()
                .map(error -> new FieldError(item + error.field(), error.detail()))
                .toList();
    return new Problem(problem.type(), errors.get(0).sentence(), errors);
  }
}
