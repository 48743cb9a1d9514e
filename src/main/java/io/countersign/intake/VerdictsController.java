package io.countersign.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Decision;
import io.countersign.review.Verdicts;
import io.countersign.review.Verdicts.Given;
import io.countersign.review.Visibility;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The door of registered reviewers: what they say of a request they were asked about. */
@RestController
class VerdictsController {

  private final SmallBody bodies;
  private final Verdicts verdicts;
  private final Visibility visibility;
  private final Answers answers;
  private final Callers callers;

  VerdictsController(
      SmallBody bodies,
      Verdicts verdicts,
      Visibility visibility,
      Answers answers,
      Callers callers) {
    this.bodies = bodies;
    this.verdicts = verdicts;
    this.visibility = visibility;
    this.answers = answers;
    this.callers = callers;
  }

  /**
   * Takes a verdict: {@code {stage, actionDigest, verdict: pass|warn|veto, note}}; a veto has to
   * say why. It may be sent twice.
   */
  @PostMapping(
      path = "/api/v1/approval-requests/{id}/verdicts",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Answer give(@PathVariable String id, HttpServletRequest request) throws IOException {
    Caller service = callers.current();
    RequestId requestId =
        RequestId.find(id)
            .flatMap(found -> visibility.find(service, found))
            .map(ApprovalRequest::id)
            .orElseThrow(VerdictsController::notFound);
    verdicts.give(requestId, service, given(request));
    return answers.to(service, requestId).orElseThrow(VerdictsController::notFound);
  }

  private Given given(HttpServletRequest request) throws IOException {
    JsonNode body =
        bodies.read(request.getInputStream(), "stage", "actionDigest", "verdict", "note");
    Decision verdict = verdict(SmallBody.requiredText(body, "verdict"));
    Optional<String> note = SmallBody.text(body, "note");
    if (verdict == Decision.VETO && note.isEmpty()) {
      throw new Problem(
          ProblemType.INVALID_BODY, "/note", "expected a reason to veto; the agent learns from it");
    }
    return new Given(SmallBody.requiredText(body, "stage"), digest(body), verdict, note);
  }

  private static Decision verdict(String text) {
    return Arrays.stream(Decision.values())
        .filter(it -> it.isMachines() && it.wire().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new Problem(ProblemType.INVALID_BODY, "/verdict", "expected pass, warn or veto"));
  }

  private static ActionDigest digest(JsonNode body) {
    String text = SmallBody.requiredText(body, "actionDigest");
    if (!ActionDigest.isWellFormed(text)) {
      throw new Problem(
          ProblemType.INVALID_BODY,
          "/actionDigest",
          "expected sha-256: and 64 lower-case hex digits");
    }
    return new ActionDigest(text);
  }

  private static Problem notFound() {
    return new Problem(ProblemType.NOT_FOUND, "there is no request of that id that asks you");
  }
}
