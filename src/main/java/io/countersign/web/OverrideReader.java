package io.countersign.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.request.OperatorOverride;
import io.countersign.request.OperatorOverride.Wish;
import io.countersign.request.OverrideScope;
import io.countersign.review.KnownActions;
import io.countersign.shared.Route;
import io.countersign.shared.WireName;
import io.countersign.shared.problem.JsonBody;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads what an operator wants to tighten, and why something shall be loosened. */
@Component
class OverrideReader {

  private static final int MAX_BODY = 16 * 1024;
  private static final int MAX_REASON = 500;
  private static final int MAX_TARGET = 255;
  private static final String SCOPES =
      "expected one of action, run, agent, policy, or \"all\": true";

  private final KnownActions actions;

  OverrideReader(KnownActions actions) {
    this.actions = actions;
  }

  Wish wish(InputStream body, Instant now) throws IOException {
    JsonNode document = read(body, "scope", "route", "until", "reason");
    JsonNode scope = document.path("scope");
    OverrideScope kind = scope(scope);
    return new Wish(
        kind, target(kind, scope), route(document), reason(document), until(document, now));
  }

  /** Why an override shall end. */
  String reason(InputStream body) throws IOException {
    return reason(read(body, "reason"));
  }

  private static JsonNode read(InputStream body, String... fields) throws IOException {
    return JsonBody.read(body, MAX_BODY, List.of(fields));
  }

  private static OverrideScope scope(JsonNode scope) {
    if (!scope.isObject() || scope.size() != 1) {
      throw invalid("/scope", SCOPES);
    }
    try {
      return WireName.parse(OverrideScope.class, scope.fieldNames().next());
    } catch (IllegalArgumentException e) {
      throw invalid("/scope", SCOPES);
    }
  }

  private Optional<String> target(OverrideScope kind, JsonNode scope) {
    JsonNode value = scope.path(kind.wire());
    String field = "/scope/" + kind.wire();
    if (kind == OverrideScope.ALL) {
      if (!value.isBoolean() || !value.booleanValue()) {
        throw invalid(field, "expected true");
      }
      return Optional.empty();
    }
    String target = text(value, field, MAX_TARGET);
    if (kind == OverrideScope.ACTION && !actions.isKnown(target)) {
      throw invalid(field, "expected an action of the manifest; all others are blocked anyway");
    }
    return Optional.of(target);
  }

  private static Route route(JsonNode document) {
    try {
      Route route = WireName.parse(Route.class, document.path("route").asText());
      if (route != Route.AUTO_APPROVE) {
        return route;
      }
    } catch (IllegalArgumentException e) {
      // answered below
    }
    throw invalid("/route", "expected one of human_review, escalate, block");
  }

  private static Instant until(JsonNode document, Instant now) {
    try {
      Instant until = Instant.parse(document.path("until").asText());
      if (until.isAfter(now) && !until.isAfter(now.plus(OperatorOverride.LONGEST))) {
        return until;
      }
    } catch (DateTimeParseException e) {
      // answered below
    }
    throw invalid(
        "/until",
        "expected a time within the next "
            + OperatorOverride.LONGEST.toDays()
            + " days, such as 2030-01-31T12:00:00Z");
  }

  private static String reason(JsonNode document) {
    return text(document.path("reason"), "/reason", MAX_REASON);
  }

  private static String text(JsonNode value, String field, int longest) {
    String text = value.isTextual() ? value.textValue().strip() : "";
    if (text.isEmpty() || text.length() > longest) {
      throw invalid(field, "expected text of 1 to " + longest + " characters");
    }
    return text;
  }

  private static Problem invalid(String field, String expected) {
    return new Problem(ProblemType.INVALID_BODY, field, expected);
  }
}
