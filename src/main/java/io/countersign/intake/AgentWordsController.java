package io.countersign.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.ApprovalRequest;
import io.countersign.review.Conversations;
import io.countersign.review.Visibility;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The doors for what an agent says after it has proposed; both may be called twice. */
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

  AgentWordsController(
      SmallBody bodies,
      Conversations conversations,
      Visibility visibility,
      Answers answers,
      Callers callers) {
    this.bodies = bodies;
    this.conversations = conversations;
    this.visibility = visibility;
    this.answers = answers;
    this.callers = callers;
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
