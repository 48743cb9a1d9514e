package io.countersign.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.OutcomeReport;
import io.countersign.review.Conversations;
import io.countersign.review.Visibility;
import io.countersign.shared.RequestId;
import io.countersign.shared.Role;
import io.countersign.shared.WireName;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The doors for what an agent says after it has proposed; each may be called twice. */
@RestController
@RequestMapping(
    path = "/api/v1/approval-requests/{id}",
    consumes = MediaType.APPLICATION_JSON_VALUE,
    produces = MediaType.APPLICATION_JSON_VALUE)
class AgentWordsController {

  private final SmallBody bodies;
  private final Conversations conversations;
  private final Visibility visibility;
  private final Answers answers;
  private final Callers callers;
  private final ApprovalRequests requests;

  AgentWordsController(
      SmallBody bodies,
      Conversations conversations,
      Visibility visibility,
      Answers answers,
      Callers callers,
      ApprovalRequests requests) {
    this.bodies = bodies;
    this.conversations = conversations;
    this.visibility = visibility;
    this.answers = answers;
    this.callers = callers;
    this.requests = requests;
  }

  /** Answers a reviewer's question: {@code {questionId, answer}}. */
  @PostMapping("/information")
  Answer inform(@PathVariable String id, HttpServletRequest request) throws IOException {
    Caller agent = callers.current();
    RequestId requestId = own(id, agent);
    JsonNode body = bodies.read(request.getInputStream(), "questionId", "answer");
    conversations.inform(
        requestId, agent, questionId(body), SmallBody.requiredText(body, "answer"));
    return answers.to(agent, requestId).orElseThrow(AgentWordsController::notFound);
  }

  /** Withdraws the request: {@code {reason}}, which may be left out. */
  @PostMapping("/withdrawal")
  Answer withdraw(@PathVariable String id, HttpServletRequest request) throws IOException {
    Caller agent = callers.current();
    RequestId requestId = own(id, agent);
    Optional<String> reason =
        SmallBody.text(bodies.read(request.getInputStream(), "reason"), "reason");
    conversations.withdraw(requestId, agent, reason);
    return answers.to(agent, requestId).orElseThrow(AgentWordsController::notFound);
  }

  /**
   * Reports what became of an approved action: {@code {result, stateAfter, error}}. Its agent may,
   * and the executor that the manifest names.
   */
  @PostMapping("/outcome")
  Map<String, Object> report(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    Caller caller = callers.current();
    RequestId requestId = reportable(id, caller);
    JsonNode body = bodies.read(request.getInputStream(), "result", "stateAfter", "error");
    JsonNode after = body.path("stateAfter");
    conversations.report(
        requestId,
        caller,
        new OutcomeReport.Claim(
            result(body),
            after.isMissingNode() ? null : after.toString(),
            SmallBody.text(body, "error").orElse(null)));
    return Map.of("requestId", requestId, "result", result(body));
  }

  private static OutcomeReport.Result result(JsonNode body) {
    try {
      return WireName.parse(OutcomeReport.Result.class, SmallBody.requiredText(body, "result"));
    } catch (IllegalArgumentException e) {
      throw new Problem(
          ProblemType.INVALID_BODY, "/result", "expected one of succeeded, failed, rolled_back");
    }
  }

  private RequestId reportable(String id, Caller caller) {
    return RequestId.find(id)
        .flatMap(requests::find)
        .filter(request -> Visibility.isItsAgent(caller, request) || isItsExecutor(caller, request))
        .map(ApprovalRequest::id)
        .orElseThrow(AgentWordsController::notFound);
  }

  private static boolean isItsExecutor(Caller caller, ApprovalRequest request) {
    return !caller.isPerson()
        && caller.has(Role.EXECUTOR)
        && request.executor().equals(Optional.of(caller.name()));
  }

  private static UUID questionId(JsonNode body) {
    try {
      return UUID.fromString(SmallBody.requiredText(body, "questionId"));
    } catch (IllegalArgumentException e) {
      throw new Problem(ProblemType.INVALID_BODY, "/questionId", "expected the id of a question");
    }
  }

  private RequestId own(String id, Caller agent) {
    return RequestId.find(id)
        .flatMap(found -> visibility.find(agent, found))
        .filter(request -> Visibility.isItsAgent(agent, request))
        .map(ApprovalRequest::id)
        .orElseThrow(AgentWordsController::notFound);
  }

  private static Problem notFound() {
    return new Problem(ProblemType.NOT_FOUND, "there is no request of that id that is yours");
  }
}
