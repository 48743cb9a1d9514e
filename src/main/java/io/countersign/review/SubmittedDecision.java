package io.countersign.review;

import static io.countersign.engine.CompletionRefused.Kind.INVALID;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.engine.CompletionRefused;
import io.countersign.request.Decision;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.WireName;
import io.countersign.shared.json.MalformedJson;
import io.countersign.shared.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person sends in to decide a stage.
 *
 * @param decision what they say
 * @param actionDigest the digest of what they were shown
 * @param parameters the whole edited parameters; only with {@code edit}
 * @param reason why; without surrounding space, never empty
 */
public record SubmittedDecision(
    Decision decision,
    ActionDigest actionDigest,
    Optional<JsonNode> parameters,
    Optional<String> reason) {

  /** The longest reason kept, in UTF-16 units. */
  public static final int MAX_REASON = 4_000;

  /** The largest parameters, in bytes. */
  public static final int MAX_PARAMETERS = 64 * 1024;

  static final String DECISION = "decision";
  static final String ACTION_DIGEST = "actionDigest";
  static final String PARAMETERS = "parameters";
  static final String REASON = "reason";

  /** Takes surrounding space from the reason. */
  public SubmittedDecision {
    reason = reason.map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * Reads what came along with a task's completion.
   *
   * @throws CompletionRefused if it makes no sense; every door's decision passes here
   */
  static SubmittedDecision from(Map<String, Object> variables) {
    SubmittedDecision submitted =
        new SubmittedDecision(
            decision(text(variables, DECISION)),
            digest(text(variables, ACTION_DIGEST)),
            parameters(text(variables, PARAMETERS)),
            Optional.ofNullable(text(variables, REASON)));
    submitted.requireSense();
    return submitted;
  }

  private void requireSense() {
    if (reason.filter(text -> text.length() > MAX_REASON).isPresent()) {
      throw invalid(REASON, "expected at most " + MAX_REASON + " characters");
    }
    if (decision == Decision.EDIT && parameters.isEmpty()) {
      throw invalid(PARAMETERS, "expected the whole edited parameters with an edit");
    }
    if (decision != Decision.EDIT && parameters.isPresent()) {
      throw invalid(PARAMETERS, "expected none: only an edit carries parameters");
    }
  }

  /** What travels with a task's completion; the same that {@link #from} reads. */
  Map<String, Object> variables() {
    Map<String, Object> variables = new HashMap<>();
    variables.put(DECISION, decision.wire());
    variables.put(ACTION_DIGEST, actionDigest.value());
    parameters.ifPresent(edited -> variables.put(PARAMETERS, edited.toString()));
    reason.ifPresent(text -> variables.put(REASON, text));
    return variables;
  }

  private static @Nullable String text(Map<String, Object> variables, String name) {
    Object value = variables.get(name);
    if (value != null && !(value instanceof String)) {
      throw invalid(name, "expected text");
    }
    return (String) value;
  }

  private static Decision decision(@Nullable String wire) {
    try {
      if (wire != null) {
        return WireName.parse(Decision.class, wire);
      }
    } catch (IllegalArgumentException e) {
      // answered below, without quoting what was sent
    }
    throw invalid(DECISION, "expected one of approve, edit, reject");
  }

  private static ActionDigest digest(@Nullable String value) {
    if (value == null || !ActionDigest.isWellFormed(value)) {
      throw invalid(
          ACTION_DIGEST, "expected the digest of what was shown, sha-256:<64 hex digits>");
    }
    return new ActionDigest(value);
  }

  private static Optional<JsonNode> parameters(@Nullable String json) {
    if (json == null || json.isBlank()) {
      return Optional.empty();
    }
    try {
      JsonNode read = StrictJson.read(json.getBytes(StandardCharsets.UTF_8), MAX_PARAMETERS);
      if (!read.isObject()) {
        throw invalid(PARAMETERS, "expected a JSON object");
      }
      return Optional.of(read);
    } catch (MalformedJson e) {
      throw invalid(PARAMETERS + e.pointer(), String.valueOf(e.getMessage()));
    }
  }

  static CompletionRefused invalid(String field, String expected) {
    return new CompletionRefused(INVALID, field, field + ": " + expected + ".");
  }
}
