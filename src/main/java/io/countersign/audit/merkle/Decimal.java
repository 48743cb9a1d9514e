package io.countersign.audit.merkle;

import java.util.regex.Pattern;

/** Sizes and indexes as the texts write them: no sign, no leading zero. */
final class Decimal {

  private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,17}");

  private Decimal() {}

  static long parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected a decimal number without leading zeroes, of at most 18 digits");
    }
    return Long.parseLong(text);
  }
}
