package io.countersign.review.chaincheck;

import io.countersign.review.chaincheck.Language.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the values in a model may be, kind by kind. */
final class Values {

  private static final Pattern DAYS = Pattern.compile("P[1-9]\\d{0,3}D");
  private static final Pattern RETRIES = Pattern.compile("PT\\d+[SMH](,PT\\d+[SMH])*");
  private static final Set<String> SEATS = Set.of("stage", "seat");

  private record Kind(Predicate<String> accepts, Refusal otherwise) {}

  private final Map<String, Kind> kinds = new HashMap<>();

  Values(Vocabulary words) {
    Expressions expressions = new Expressions(words);
    add(
        "",
        text -> !Expressions.isEvaluated(text),
        Rules.KNOWN_BEANS,
        "No expression is evaluated here.");
    add("prose", text -> true, Rules.KNOWN_BEANS, "");
    add(
        "title",
        text -> !Expressions.isEvaluated(text.replace("${actionTitle}", "")),
        Rules.KNOWN_BEANS,
        "Only ${actionTitle} is evaluated here.");
    add("days", DAYS.asMatchPredicate(), Rules.KNOWN_ELEMENTS, "Expected days, such as P180D.");
    add(
        "delegate",
        text -> expressions.delegate(text).isPresent(),
        Rules.KNOWN_BEANS,
        "This is no delegate that chains may use.");
    add(
        "condition",
        expressions::isCondition,
        Rules.KNOWN_BEANS,
        "Conditions ask for a recorded outcome, ${outcome == 'rejected'}, for a fact, or a known question.");
    add(
        "collection",
        expressions::isCollection,
        Rules.KNOWN_BEANS,
        "Only a list that policy makes is sure not to be empty.");
    add(
        "completion",
        expressions::isCompletion,
        Rules.KNOWN_BEANS,
        "Whether a quorum is reached is said by the votes.");
    add(
        "cardinality",
        expressions::isCardinality,
        Rules.KNOWN_BEANS,
        "Expected a number from 1 to 99: over nobody, nobody is asked.");
    add(
        "date",
        expressions::isDate,
        Rules.KNOWN_TIMERS,
        "Expected a deadline of the manifest, ${deadline}.");
    add(
        "duration",
        expressions::isDuration,
        Rules.KNOWN_TIMERS,
        "Expected a length from PT1M to P90D.");
    add(
        "cycle",
        expressions::isCycle,
        Rules.KNOWN_TIMERS,
        "Expected a known or counted cycle, such as R3/PT10M.");
    add(
        "retries",
        RETRIES.asMatchPredicate(),
        Rules.KNOWN_TIMERS,
        "Expected lengths, such as PT10S,PT1M: a timer that is not tried again is lost.");
    add(
        "form",
        words.forms()::contains,
        Rules.KNOWN_DECISIONS,
        "The form is one that the application ships.");
    add(
        "message",
        words.messages()::contains,
        Rules.KNOWN_ELEMENTS,
        "Nothing sends a message of that name.");
    add(
        "seat",
        SEATS::contains,
        Rules.OUTCOME_FROM_VOTES,
        "The variable of a multi-instance is called stage or seat.");
    add("key", text -> true, Rules.SAME_REQUEST, "");
  }

  private void add(String kind, Predicate<String> accepts, String rule, String sentence) {
    kinds.put(kind, new Kind(accepts, new Refusal(rule, sentence)));
  }

  /** Why a value is refused; nothing if it is not. */
  Optional<Refusal> against(String kind, String value) {
    if (kind.startsWith("'")) {
      String expected = kind.substring(1, kind.length() - 1);
      return value.equals(expected)
          ? Optional.empty()
          : Optional.of(new Refusal(literal(expected), "Expected " + expected + "."));
    }
    Kind known = kinds.get(kind);
    if (known == null) {
      throw new IllegalStateException("nobody knows values of the kind " + kind);
    }
    return known.accepts().test(value) ? Optional.empty() : Optional.of(known.otherwise());
  }

  private static String literal(String expected) {
    return Expressions.isEvaluated(expected) ? Rules.KNOWN_DECISIONS : Rules.KNOWN_ELEMENTS;
  }
}
