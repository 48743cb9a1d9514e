package io.countersign.policy.dmn;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Completes a reason of the table with the numbers that decided. */
final class Sentence {

  private static final Pattern WORD = Pattern.compile("\\{([^{}]*)}");

  private Sentence() {}

  static String fill(String template, Map<String, ? extends @Nullable Object> facts) {
    return WORD.matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(text(facts.get(match.group(1)))));
  }

  /** The words of a template that are no facts. */
  static java.util.List<String> unknownWords(String template, java.util.Set<String> known) {
    return WORD.matcher(template)
        .results()
        .map(match -> match.group(1))
        .filter(word -> !known.contains(word))
        .toList();
  }

  private static String text(@Nullable Object fact) {
    if (fact instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return fact == null ? "nothing" : fact.toString();
  }
}
