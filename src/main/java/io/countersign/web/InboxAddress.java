package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.request.Inbox;
import io.countersign.request.InboxQuery;
import io.countersign.request.Stage;
import io.countersign.shared.Role;
import io.countersign.shared.Severity;
import io.countersign.shared.WireName;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads what an address asks of the inbox. */
final class InboxAddress {

  private static final int MAX_PAGE = 100;

  private InboxAddress() {}

  /** The roles by which somebody can be asked for decisions. */
  static Set<Role> deciding(Caller caller) {
    return caller.roles().stream().filter(Role::decides).collect(Collectors.toUnmodifiableSet());
  }

  static Optional<String> given(Optional<String> parameter) {
    return parameter.filter(text -> !text.isBlank());
  }

  static Optional<Severity> severity(Optional<String> wire) {
    return given(wire)
        .map(
            text -> {
              try {
                return WireName.parse(Severity.class, text);
              } catch (IllegalArgumentException e) {
                throw refused("severity", "expected high or low");
              }
            });
  }

  static Optional<InboxQuery.Held> held(Optional<String> wire) {
    return given(wire)
        .map(
            text ->
                switch (text) {
                  case "me" -> InboxQuery.Held.ME;
                  case "nobody" -> InboxQuery.Held.NOBODY;
                  default -> throw refused("held", "expected me or nobody");
                });
  }

  static int limit(String text) {
    if (!text.matches("\\d{1,3}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MAX_PAGE) {
      throw refused("limit", "expected a number from 1 to " + MAX_PAGE);
    }
    return Integer.parseInt(text);
  }

  /** Where the next page begins. */
  static String cursor(Stage last) {
    InboxQuery.Place place = Inbox.placeOf(last);
    return String.join(
        "_",
        Integer.toString(place.rank()),
        place.deadline().toString(),
        place.stage().toString().toLowerCase(Locale.ROOT));
  }

  static Optional<InboxQuery.Place> place(Optional<String> cursor) {
    return given(cursor)
        .map(
            text -> {
              String[] parts = text.split("_", -1);
              try {
                return new InboxQuery.Place(
                    Integer.parseInt(parts[0]), Instant.parse(parts[1]), UUID.fromString(parts[2]));
              } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw refused("cursor", "expected the nextCursor of a page");
              }
            });
  }

  private static Problem refused(String parameter, String expected) {
    return new Problem(ProblemType.INVALID_REQUEST, parameter, expected);
  }
}
