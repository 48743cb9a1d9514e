package io.countersign.policy.dmn;

import io.countersign.shared.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked in a stage, as the table says it: {@code "usual role"}, {@code "legal-approver"},
 * {@code "finance-approver or policy-owner"}, {@code "2 of 3 reviewer"}, or {@code "reviewer
 * service content-checker"}.
 *
 * @param roles any of them; empty for the action's usual role and for a service
 * @param service the client id of a registered reviewer
 */
public record Asked(int quorum, int seats, List<Role> roles, Optional<String> service) {

  private static final String USUAL = "usual role";
  private static final Pattern SERVICE = Pattern.compile("reviewer service ([a-z][a-z0-9-]{0,62})");
  private static final Pattern PEOPLE = Pattern.compile("(?:([1-9]) of ([1-9]) )?(.+)");

  static Asked parse(String text) {
    Matcher service = SERVICE.matcher(text);
    if (service.matches()) {
      return new Asked(1, 1, List.of(), Optional.of(service.group(1)));
    }
    Matcher people = PEOPLE.matcher(text);
    if (!people.matches()) {
      throw new IllegalArgumentException(text);
    }
    int quorum = people.group(1) == null ? 1 : Integer.parseInt(people.group(1));
    int seats = people.group(2) == null ? 1 : Integer.parseInt(people.group(2));
    return new Asked(quorum, seats, roles(people.group(3)), Optional.empty());
  }

  private static List<Role> roles(String text) {
    if (text.equals(USUAL)) {
      return List.of();
    }
    return Arrays.stream(text.split(" or ", -1))
        .map(name -> Role.find(name).filter(Role::decides).orElseThrow())
        .toList();
  }

  /** What is wrong with such a text; nothing if it can be read. */
  static @Nullable String problem(String text) {
    try {
      Asked asked = parse(text);
      return asked.quorum > asked.seats ? "expected at most as many to agree as are asked" : null;
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      return "expected \"usual role\", roles with \" or \" between them, both perhaps after"
          + " \"2 of 3 \", or \"reviewer service <client id>\"";
    }
  }
}
