package io.countersign.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The arguments of a command: what stands by itself, options with a value each, and flags. */
final class Arguments {

  private final List<String> plain = new ArrayList<>();
  private final Map<String, List<String>> options = new HashMap<>();
  private final Set<String> flags = new HashSet<>();

  private Arguments() {}

  static Arguments parse(List<String> given, Set<String> known) {
    return parse(given, known, Set.of());
  }

  static Arguments parse(List<String> given, Set<String> known, Set<String> knownFlags) {
    Arguments arguments = new Arguments();
    for (int i = 0; i < given.size(); i++) {
      String one = given.get(i);
      if (!one.startsWith("--")) {
        arguments.plain.add(one);
      } else if (knownFlags.contains(one)) {
        arguments.flags.add(one);
      } else if (!known.contains(one) || i + 1 == given.size()) {
        throw new IllegalArgumentException(
            "expected one of "
                + String.join(", ", known.stream().sorted().toList())
                + " with a value, found "
                + one);
      } else {
        arguments.options.computeIfAbsent(one, it -> new ArrayList<>()).add(given.get(++i));
      }
    }
    return arguments;
  }

  List<String> plain() {
    return plain;
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  Optional<String> one(String option) {
    List<String> values = all(option);
    if (values.size() > 1) {
      throw new IllegalArgumentException("expected " + option + " once");
    }
    return values.stream().findFirst();
  }

  String required(String option) {
    return one(option)
        .orElseThrow(() -> new IllegalArgumentException("expected " + option + " <value>"));
  }
}
