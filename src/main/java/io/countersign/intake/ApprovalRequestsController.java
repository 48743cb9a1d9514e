package io.countersign.intake;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.intake.HandOff.Taken;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Proposal;
import io.countersign.review.Visibility;
import io.countersign.shared.RequestId;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The agents' first door: propose an action, and come back for the answer. */
@RestController
@RequestMapping(path = "/api/v1/approval-requests", produces = MediaType.APPLICATION_JSON_VALUE)
class ApprovalRequestsController {

  private final ProposalReader reader;
  private final HandOff handOff;
  private final Visibility visibility;
  private final Answers answers;
  private final Released released;
  private final News news;
  private final Callers callers;

  ApprovalRequestsController(
      ProposalReader reader,
      HandOff handOff,
      Visibility visibility,
      Answers answers,
      Released released,
      News news,
      Callers callers) {
    this.reader = reader;
    this.handOff = handOff;
    this.visibility = visibility;
    this.answers = answers;
    this.released = released;
    this.news = news;
    this.callers = callers;
  }

  /**
   * Proposes an action. 201 with the request when it is new, 200 with it when the same key and body
   * came before.
   */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Answer> propose(
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      HttpServletRequest request)
      throws IOException {
    HandOffBody body = HandOffBody.of(request, key);
    Proposal proposal = reader.read(body.bytes());
    Taken taken = handOff.take(callers.current(), body.idempotencyKey(), proposal, body.bytes());
    Answer answer = released.of(callers.current(), taken.answer());
    return taken.isNew()
        ? ResponseEntity.created(URI.create(answer.links().self())).body(answer)
        : ResponseEntity.ok(answer);
  }

  /** Reads a request; with {@code wait}, when there is news or the time is over. */
  @GetMapping("/{id}")
  CompletableFuture<Answer> read(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String wait,
      @RequestParam(required = false) @Nullable String since) {
    Caller caller = callers.current();
    Wait patience = Wait.parse(wait, since);
    RequestId requestId = RequestId.find(id).orElseThrow(ApprovalRequestsController::notFound);
    ApprovalRequest now = readable(caller, requestId);
    CompletableFuture<Void> over = news.of(now, patience);
    // Who waited for the decision hears of it at once; who comes afterwards gets the grant with it.
    return over.isDone()
        ? CompletableFuture.completedFuture(released.of(caller, answer(caller, requestId)))
        : over.thenApply(woken -> answer(caller, requestId));
  }

  private ApprovalRequest readable(Caller caller, RequestId id) {
    return visibility.find(caller, id).orElseThrow(ApprovalRequestsController::notFound);
  }

  private Answer answer(Caller caller, RequestId id) {
    return answers.to(caller, id).orElseThrow(ApprovalRequestsController::notFound);
  }

  private static Problem notFound() {
    return new Problem(ProblemType.NOT_FOUND, "there is no request of that id that you may read");
  }
}
