package io.countersign.intake;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.intake.PlanHandOff.Taken;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The agents' door for several steps at once. */
@RestController
@RequestMapping(path = "/api/v1/plans", produces = MediaType.APPLICATION_JSON_VALUE)
class PlansController {

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final PlanReader reader;
  private final PlanHandOff handOff;
  private final Answers answers;
  private final Released released;
  private final Callers callers;

  PlansController(
      PlanReader reader, PlanHandOff handOff, Answers answers, Released released, Callers callers) {
    this.reader = reader;
    this.handOff = handOff;
    this.answers = answers;
    this.released = released;
    this.callers = callers;
  }

  /**
   * Proposes the steps of a plan: {@code {steps: [proposal, …], dependsOn: {"1": [0]}}}. 201 when
   * it is new, 200 when the same key and body came before.
   */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<PlanAnswer> propose(
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      HttpServletRequest request)
      throws IOException {
    HandOffBody body = HandOffBody.of(request, key);
    ProposedPlan plan = reader.read(body.bytes());
    Taken taken = handOff.take(callers.current(), body.idempotencyKey(), plan, body.bytes());
    PlanAnswer answer = released.of(callers.current(), taken.answer());
    return taken.isNew()
        ? ResponseEntity.created(URI.create("/api/v1/plans/" + answer.planId())).body(answer)
        : ResponseEntity.ok(answer);
  }

  /** Reads those steps of a plan that the caller may read. */
  @GetMapping("/{id}")
  PlanAnswer read(@PathVariable String id) {
    if (!ID.matcher(id).matches()) {
      throw notFound();
    }
    Caller caller = callers.current();
    return answers
        .toPlan(caller, UUID.fromString(id))
        .map(answer -> released.of(caller, answer))
        .orElseThrow(PlansController::notFound);
  }

  private static Problem notFound() {
    return new Problem(ProblemType.NOT_FOUND, "there is no plan of that id that you may read");
  }
}
