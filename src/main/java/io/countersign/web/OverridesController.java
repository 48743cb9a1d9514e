package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.NotPossibleNow;
import io.countersign.request.OperatorOverride;
import io.countersign.request.OperatorOverride.Person;
import io.countersign.request.Overrides;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The operators' door to tighten at once, and for two people to loosen again. */
@RestController
@RequestMapping(path = "/api/v1/overrides", produces = MediaType.APPLICATION_JSON_VALUE)
class OverridesController {

  private static final int MAX_PAGE = 200;

  private final OverrideReader reader;
  private final Overrides overrides;
  private final Callers callers;
  private final Clock clock;

  OverridesController(OverrideReader reader, Overrides overrides, Callers callers, Clock clock) {
    this.reader = reader;
    this.overrides = overrides;
    this.callers = callers;
    this.clock = clock;
  }

  /** The overrides of one page, newest first. */
  record Page(List<OverrideView> items) {}

  @GetMapping
  Page list(
      @RequestParam(defaultValue = "in_force") String status,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw invalid("limit", "expected a number from 1 to " + MAX_PAGE);
    }
    if (!List.of("in_force", "over").contains(status)) {
      throw invalid("status", "expected in_force or over");
    }
    Instant now = clock.instant();
    return new Page(
        overrides.list(status.equals("in_force"), limit).stream()
            .map(override -> OverrideView.of(override, now))
            .toList());
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  OverrideView place(HttpServletRequest request) throws IOException {
    Person operator = person();
    Instant now = clock.instant();
    OperatorOverride.Wish wish = reader.wish(request.getInputStream(), now);
    return OverrideView.of(overrides.place(wish, operator), now);
  }

  /** Asks for the end before its time; somebody else has to confirm. */
  @PostMapping(path = "/{id}/ending", consumes = MediaType.APPLICATION_JSON_VALUE)
  OverrideView askEnding(@PathVariable String id, HttpServletRequest request) throws IOException {
    Person operator = person();
    String reason = reader.reason(request.getInputStream());
    return change(() -> uuid(id).flatMap(it -> overrides.askEnding(it, reason, operator)));
  }

  /** Ends it, as somebody else has asked. */
  @PostMapping("/{id}/confirmation")
  OverrideView confirm(@PathVariable String id) {
    Person other = person();
    return change(() -> uuid(id).flatMap(it -> overrides.confirmEnding(it, other)));
  }

  private OverrideView change(Supplier<Optional<OperatorOverride>> transition) {
    try {
      OperatorOverride changed =
          transition
              .get()
              .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "there is no such override"));
      return OverrideView.of(changed, clock.instant());
    } catch (NotPossibleNow refused) {
      throw new Problem(ProblemType.CONFLICT, String.valueOf(refused.getMessage()));
    }
  }

  /** What a service account has the role for is still for people: somebody answers for it. */
  private Person person() {
    Caller caller = callers.current();
    if (!caller.isPerson()) {
      throw new Problem(ProblemType.FORBIDDEN, "only a person may do this");
    }
    return new Person(caller.subject(), caller.name());
  }

  private static Optional<UUID> uuid(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.toString().equals(id) ? Optional.of(uuid) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Problem invalid(String field, String expected) {
    return new Problem(ProblemType.INVALID_REQUEST, field, expected);
  }
}
