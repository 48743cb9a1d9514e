package io.countersign.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The exact host and port pairs that an operator exempted from the guard. */
record AllowedAddresses(Set<String> pairs) {

  private static final Pattern FORM =
      Pattern.compile("([a-z0-9.-]+|\\[[0-9a-f:.]+]):([1-9][0-9]{0,4})");

  static AllowedAddresses of(List<String> settings) {
    return new AllowedAddresses(
        settings.stream().map(AllowedAddresses::checked).collect(Collectors.toUnmodifiableSet()));
  }

  private static String checked(String setting) {
    String pair = setting.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(pair).matches()) {
      throw new IllegalArgumentException(
          "countersign.delivery.allowed-addresses: expected host:port, found \"" + setting + "\"");
    }
    return withoutBrackets(pair);
  }

  boolean contains(String host, int port) {
    return pairs.contains(withoutBrackets(host.toLowerCase(Locale.ROOT) + ":" + port));
  }

  /** URLs write IPv6 addresses in brackets, the HTTP client asks for them without. */
  private static String withoutBrackets(String pair) {
    return pair.replace("[", "").replace("]", "");
  }
}
