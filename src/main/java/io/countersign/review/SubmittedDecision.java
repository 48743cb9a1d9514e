package io.countersign.review;

import static io.countersign.engine.CompletionRefused.Kind.INVALID;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.engine.CompletionRefused;
import io.countersign.request.Decision;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Role;
import io.countersign.shared.WireName;
import io.countersign.shared.json.MalformedJson;
import io.countersign.shared.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person sends in to decide a stage, or to leave it to somebody else.
 *
 * @param decision what they say
 * @param actionDigest the digest of what they were shown
 * @param parameters the whole edited parameters; only with {@code edit}
 * @param reason why; without surrounding space, never empty
 * @param more what this kind of decision needs beside
 */
public record SubmittedDecision(
    Decision decision,
    ActionDigest actionDigest,
    Optional<JsonNode> parameters,
    Optional<String> reason,
    More more) {

  /** The longest text kept, in UTF-16 units. */
  public static final int MAX_TEXT = 4_000;

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

  /** What only some decisions carry, by the name of its field. */
  public enum Field {
    /** The id of the option chosen. */
    OPTION(Decision.CHOOSE),
    /** The answer to the agent's question. */
    ANSWER(Decision.ANSWER),
    /** What the agent is asked. */
    QUESTION(Decision.ASK),
    /** The role that is to decide instead. */
    ROLE(Decision.REDIRECT),
    /** The username of the person who is to decide instead. */
    TO(Decision.HAND_ON);

    private final Decision of;

    Field(Decision of) {
      this.of = of;
    }

    /** The field's name on the wire. */
    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Texts by the field they came in; without surrounding space, never empty. */
  public record More(Map<Field, String> texts) {

    /** Nothing more. */
    public static final More NOTHING = new More(Map.of());

    /** Takes surrounding space and what is empty then. */
    public More {
      texts =
          texts.entrySet().stream()
              .filter(text -> !text.getValue().isBlank())
              .collect(
                  Collectors.toUnmodifiableMap(Map.Entry::getKey, text -> text.getValue().strip()));
    }

    Optional<String> find(Field field) {
      return Optional.ofNullable(texts.get(field));
    }
  }

  /** What this decision is sure to carry, once it was found to make sense. */
  String text(Field field) {
    return more.find(field).orElseThrow();
  }

  /** The role it is redirected to. */
  Role role() {
    return Role.find(text(Field.ROLE)).orElseThrow();
  }

  /**
   * Reads what came along with a task's completion.
   *
   * @throws CompletionRefused if it makes no sense; every door's decision passes here
   */
  static SubmittedDecision from(Map<String, Object> variables) {
    Map<Field, String> texts = new HashMap<>();
    for (Field field : Field.values()) {
      String text = text(variables, field.wire());
      if (text != null) {
        texts.put(field, text);
      }
    }
    SubmittedDecision submitted =
        new SubmittedDecision(
            decision(text(variables, DECISION)),
            digest(text(variables, ACTION_DIGEST)),
            parameters(text(variables, PARAMETERS)),
            Optional.ofNullable(text(variables, REASON)),
            new More(texts));
    submitted.requireSense();
    return submitted;
  }

  private void requireSense() {
    requireShort(REASON, reason);
    if (decision == Decision.EDIT && parameters.isEmpty()) {
      throw invalid(PARAMETERS, "expected the whole edited parameters with an edit");
    }
    if (decision != Decision.EDIT && parameters.isPresent()) {
      throw invalid(PARAMETERS, "expected parameters with an edit only");
    }
    for (Field field : Field.values()) {
      requireWhereItBelongs(field);
    }
    more.find(Field.ROLE).ifPresent(SubmittedDecision::requireDecidingRole);
  }

  private void requireWhereItBelongs(Field field) {
    Optional<String> text = more.find(field);
    requireShort(field.wire(), text);
    if (text.isPresent() != (field.of == decision)) {
      String with = "with " + field.of.wire();
      throw invalid(field.wire(), "expected " + with + (text.isPresent() ? " only" : ""));
    }
  }

  private static void requireShort(String field, Optional<String> text) {
    if (text.filter(it -> it.length() > MAX_TEXT).isPresent()) {
      throw invalid(field, "expected at most " + MAX_TEXT + " characters");
    }
  }

  private static void requireDecidingRole(String name) {
    if (Role.find(name).filter(Role::decides).isEmpty()) {
      throw invalid(
          Field.ROLE.wire(),
          "expected one of "
              + Arrays.stream(Role.values())
                  .filter(Role::decides)
                  .map(Role::realmName)
                  .collect(Collectors.joining(", ")));
    }
  }

  /** The same in the form in which it travels with a task's completion. */
  Map<String, Object> variables() {
    Map<String, Object> variables = new HashMap<>();
    variables.put(DECISION, decision.wire());
    variables.put(ACTION_DIGEST, actionDigest.value());
    parameters.ifPresent(edited -> variables.put(PARAMETERS, edited.toString()));
    reason.ifPresent(text -> variables.put(REASON, text));
    more.texts().forEach((field, text) -> variables.put(field.wire(), text));
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
    return find(wire).orElseThrow(() -> invalid(DECISION, "expected one of " + offered()));
  }

  /** The decision of that name, if it is one that people take. */
  public static Optional<Decision> find(@Nullable String wire) {
    return Arrays.stream(Decision.values())
        .filter(decision -> decision.wire().equals(wire) && !decision.isMachines())
        .findFirst();
  }

  /** The names of all decisions that people take. */
  public static String offered() {
    return Arrays.stream(Decision.values())
        .filter(decision -> !decision.isMachines())
        .map(WireName::wire)
        .collect(Collectors.joining(", "));
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
