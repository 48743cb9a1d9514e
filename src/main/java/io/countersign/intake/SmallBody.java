package io.countersign.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.shared.problem.JsonBody;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads small bodies: a JSON object of a few texts. */
@Component
class SmallBody {

  static final int MAX_TEXT = 20_000;
  private static final int MAX_BODY = 128 * 1024;

  /**
   * Reads a body.
   *
   * @param fields the only ones it may have
   * @throws Problem if it is anything else
   */
  JsonNode read(InputStream body, String... fields) throws IOException {
    return JsonBody.read(body, MAX_BODY, List.of(fields));
  }

  /** A text of the body; nothing if it is absent or blank. */
  static Optional<String> text(JsonNode document, String field) {
    JsonNode value = document.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().length() > MAX_TEXT) {
      throw new Problem(
          ProblemType.INVALID_BODY,
          "/" + field,
          "expected text of at most " + MAX_TEXT + " characters");
    }
    return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
  }

  /** A text that has to be there. */
  static String requiredText(JsonNode document, String field) {
    return text(document, field)
        .orElseThrow(() -> new Problem(ProblemType.INVALID_BODY, "/" + field, "expected text"));
  }
}
