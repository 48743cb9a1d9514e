package io.countersign.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.handback.GrantUse;
import io.countersign.handback.GrantUse.Attempt;
import io.countersign.handback.GrantUse.Redeemed;
import io.countersign.identity.Callers;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The executors' door. */
@RestController
class GrantsController {

  private final SmallBody bodies;
  private final GrantUse grants;
  private final Callers callers;

  GrantsController(SmallBody bodies, GrantUse grants, Callers callers) {
    this.bodies = bodies;
    this.grants = grants;
    this.callers = callers;
  }

  /**
   * Uses a grant, once: {@code {grant, action, parameters}}. Who gets 200 may carry out exactly
   * these parameters, and nobody gets it again but under the same {@code Idempotency-Key}.
   */
  @PostMapping(
      path = "/api/v1/grants/redeem",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Redeemed redeem(HttpServletRequest request) throws IOException {
    String key =
        IdempotencyKey.require(
            request.getHeader(IdempotencyKey.HEADER),
            Collections.list(request.getHeaders(IdempotencyKey.HEADER)).size());
    JsonNode body = bodies.read(request.getInputStream(), "grant", "action", "parameters");
    if (!body.path("parameters").isObject()) {
      throw new Problem(ProblemType.INVALID_BODY, "/parameters", "expected an object");
    }
    Attempt attempt =
        new Attempt(
            SmallBody.requiredText(body, "grant"),
            SmallBody.requiredText(body, "action"),
            body.get("parameters"),
            key);
    return grants.redeem(callers.current().name(), attempt);
  }
}
