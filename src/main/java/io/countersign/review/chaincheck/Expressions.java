package io.countersign.review.chaincheck;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The few expressions that chains may use, each recognised as a whole or not at all. */
final class Expressions {

  private static final Pattern OUTCOME =
      Pattern.compile("[$#]\\{\\s*outcome\\s*==\\s*'(\\w+)'\\s*}");
  private static final Pattern NUMBER_OF_TIMES = Pattern.compile("R([1-9]\\d?)/(.+)");
  private static final Pattern CARDINALITY = Pattern.compile("[1-9]\\d?");
  private static final String QUOTED = "'[a-z][a-z0-9-]*'";

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  private final Vocabulary vocabulary;

  Expressions(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  static boolean isEvaluated(String text) {
    return text.contains("${") || text.contains("#{");
  }

  /** The outcome that a condition asks for. */
  static Optional<String> askedOutcome(String condition) {
    Matcher asks = OUTCOME.matcher(condition);
    return asks.matches() ? Optional.of(asks.group(1)) : Optional.empty();
  }

  Optional<String> delegate(String text) {
    return vocabulary.delegates().stream()
        .filter(bean -> is(text, Pattern.quote(bean)))
        .findFirst();
  }

  boolean isCondition(String text) {
    return askedOutcome(text).filter(Vocabulary.OUTCOMES::contains).isPresent()
        || is(text, "(!\\s*|not\\s+)?(" + anyCall(vocabulary.questions()) + ")")
        || is(
            text,
            "("
                + String.join("|", vocabulary.facts())
                + ")\\s*(==|!=|<=?|>=?)\\s*('[\\w-]*'|\\d+)");
  }

  boolean isCollection(String text) {
    return is(text, anyCall(vocabulary.collections()));
  }

  boolean isCompletion(String text) {
    return is(text, anyCall(vocabulary.completions()));
  }

  boolean isCardinality(String text) {
    return CARDINALITY.matcher(text).matches();
  }

  /** Dates that are written down lie in the past sooner or later. */
  boolean isDate(String text) {
    return is(text, anyCall(vocabulary.deadlines()));
  }

  boolean isDuration(String text) {
    return length(text)
        .filter(length -> length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0)
        .isPresent();
  }

  boolean isCycle(String text) {
    Matcher written = NUMBER_OF_TIMES.matcher(text);
    return written.matches() && isDuration(written.group(2))
        || is(text, anyCall(vocabulary.nudges()));
  }

  /** Nothing for months and years, which have no length of their own. */
  private static Optional<Duration> length(String text) {
    try {
      if (text.contains("T")) {
        return Optional.of(Duration.parse(text));
      }
      Period period = Period.parse(text);
      return Optional.of(Duration.ofDays(period.getDays()))
          .filter(days -> period.toTotalMonths() == 0);
    } catch (DateTimeParseException | ArithmeticException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean is(String text, String pattern) {
    return Pattern.matches("[$#]\\{\\s*(?:" + pattern + ")\\s*}", text);
  }

  private static String anyCall(Set<String> calls) {
    return Stream.concat(calls.stream().map(Expressions::call), Stream.of("(?!)"))
        .collect(joining("|"));
  }

  /** {@code bean.method(execution, '…')} with any quoted name in the place of the dots. */
  private static String call(String written) {
    return Stream.of(written.split("'…'", -1)).map(Pattern::quote).collect(joining(QUOTED));
  }
}
