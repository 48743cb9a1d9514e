package io.countersign.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.request.Decision;
import io.countersign.review.SubmittedDecision;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.json.MalformedJson;
import io.countersign.shared.json.StrictJson;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads the body of a decision. */
@Component
class DecisionReader {

  private static final int MAX_BODY = 128 * 1024;
  private static final Set<String> FIELDS =
      Stream.concat(
              Stream.of("stage", "decision", "actionDigest", "parameters", "reason"),
              Arrays.stream(SubmittedDecision.Field.values()).map(SubmittedDecision.Field::wire))
          .collect(Collectors.toUnmodifiableSet());

  /** A decision, and the stage it is for if it names one. */
  record Read(Optional<String> stage, SubmittedDecision decision) {}

  Read read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new Problem(ProblemType.TOO_LARGE, "expected a body of at most " + MAX_BODY + " bytes");
    }
    JsonNode document = parse(bytes);
    requireKnownFields(document);
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
    byte[] bytes = body.readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new Problem(ProblemType.TOO_LARGE, "expected a body of at most " + MAX_BODY + " bytes");
    }
    return text(parse(bytes), "reason")
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new Problem(ProblemType.INVALID_BODY, "/reason", "expected a reason"));
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      JsonNode document = StrictJson.read(bytes, MAX_BODY);
      if (!document.isObject()) {
        throw new Problem(ProblemType.INVALID_BODY, "expected a JSON object");
      }
      return document;
    } catch (MalformedJson e) {
      throw new Problem(ProblemType.MALFORMED_JSON, e.pointer(), String.valueOf(e.getMessage()));
    }
  }

  private static void requireKnownFields(JsonNode document) {
    for (Iterator<String> names = document.fieldNames(); names.hasNext(); ) {
      if (!FIELDS.contains(names.next())) {
        throw new Problem(
            ProblemType.INVALID_BODY,
            "expected only " + String.join(", ", FIELDS.stream().sorted().toList()));
      }
    }
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
