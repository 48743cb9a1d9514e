package io.countersign.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.request.Decision;
import io.countersign.review.SubmittedDecision;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.problem.JsonBody;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads the body of a decision. */
@Component
class DecisionReader {

  private static final int MAX_BODY = 128 * 1024;
  private static final List<String> FIELDS =
      Stream.concat(
              Stream.of("stage", "decision", "actionDigest", "parameters", "reason"),
              Arrays.stream(SubmittedDecision.Field.values()).map(SubmittedDecision.Field::wire))
          .sorted()
          .toList();

  /** A decision, and the stage it is for if it names one. */
  record Read(Optional<String> stage, SubmittedDecision decision) {}

  Read read(InputStream body) throws IOException {
    return read(JsonBody.read(body, MAX_BODY, FIELDS));
  }

  /** Reads the fields of a decision from an object that may have others beside. */
  Read read(JsonNode document) {
    return new Read(
        text(document, "stage"),
        new SubmittedDecision(
            decision(document),
            digest(document),
            parameters(document),
            text(document, "reason"),
            more(document)));
  }

  /** The reason of an objection, the only thing it carries. */
  String reason(InputStream body) throws IOException {
    return text(JsonBody.read(body, MAX_BODY, List.of("reason")), "reason")
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new Problem(ProblemType.INVALID_BODY, "/reason", "expected a reason"));
  }

  private static Optional<String> text(JsonNode document, String field) {
    JsonNode value = document.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new Problem(ProblemType.INVALID_BODY, "/" + field, "expected text");
    }
    return Optional.of(value.textValue());
  }

  private static Decision decision(JsonNode document) {
    return SubmittedDecision.find(text(document, "decision").orElse(null))
        .orElseThrow(
            () ->
                new Problem(
                    ProblemType.INVALID_BODY,
                    "/decision",
                    "expected one of " + SubmittedDecision.offered()));
  }

  private static SubmittedDecision.More more(JsonNode document) {
    Map<SubmittedDecision.Field, String> texts = new EnumMap<>(SubmittedDecision.Field.class);
    for (SubmittedDecision.Field field : SubmittedDecision.Field.values()) {
      text(document, field.wire()).ifPresent(text -> texts.put(field, text));
    }
    return new SubmittedDecision.More(texts);
  }

  private static ActionDigest digest(JsonNode document) {
    return text(document, "actionDigest")
        .filter(ActionDigest::isWellFormed)
        .map(ActionDigest::new)
        .orElseThrow(
            () ->
                new Problem(
                    ProblemType.INVALID_BODY,
                    "/actionDigest",
                    "expected the digest of what was shown, sha-256:<64 hex digits>"));
  }

  private static Optional<JsonNode> parameters(JsonNode document) {
    JsonNode parameters = document.path("parameters");
    if (parameters.isMissingNode() || parameters.isNull()) {
      return Optional.empty();
    }
    if (!parameters.isObject()) {
      throw new Problem(ProblemType.INVALID_BODY, "/parameters", "expected a JSON object");
    }
    return Optional.of(parameters);
  }
}
