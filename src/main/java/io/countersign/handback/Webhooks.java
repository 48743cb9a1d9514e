package io.countersign.handback;

import io.countersign.delivery.Endpoint;
import io.countersign.delivery.Endpoints;
import io.countersign.delivery.Outbox;
import io.countersign.delivery.OutgoingMessage;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Question;
import io.countersign.request.Stage;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells agents and registered reviewers at the endpoints that operators configured for them.
 *
 * <p>What is told is kept in the transaction of the change and sent after its commit, at least
 * once, in no promised order: receivers drop what they know by {@code webhook-id} and what is older
 * by {@code data.version}. A webhook never carries a grant; the agent fetches that itself.
 */
@Component
public class Webhooks {

  private static final String DEFAULT_NAME = "default";
  private static final String INFORMATION_REQUESTED = "approval.information_requested";
  private static final String REVIEW_REQUESTED = "review.requested";

  private final Endpoints endpoints;
  private final Outbox outbox;
  private final WebhookBody bodies;

  Webhooks(Endpoints endpoints, Outbox outbox, WebhookBody bodies) {
    this.endpoints = endpoints;
    this.outbox = outbox;
    this.bodies = bodies;
  }

  /** Whether an operator configured an endpoint of that name for the agent. */
  public boolean knows(String agent, String callbackName) {
    return endpoints.find(agent, callbackName).isPresent();
  }

  /**
   * Tells the agent how its request ended, at the endpoint it named or its {@code default} one;
   * does nothing if there is none.
   *
   * @throws IllegalArgumentException if the request is still open
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void decided(ApprovalRequest request) {
    if (request.status().isOpen()) {
      throw new IllegalArgumentException("expected a closed request, found open " + request);
    }
    String type =
        switch (request.status()) {
          case EXPIRED -> "approval.expired";
          case REVOKED -> "approval.revoked";
          default -> "approval.decided";
        };
    endpoint(request)
        .ifPresent(endpoint -> enqueue(endpoint, type, request, bodies.deciding(type, request)));
  }

  /** Tells the agent what a reviewer asks; does nothing if it has no endpoint. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void informationRequested(Question question) {
    ApprovalRequest request = question.stage().request();
    endpoint(request)
        .ifPresent(
            endpoint ->
                enqueue(
                    endpoint,
                    INFORMATION_REQUESTED,
                    request,
                    bodies.asking(INFORMATION_REQUESTED, question)));
  }

  /** Whether a registered reviewer can be asked. */
  public boolean reaches(String reviewer) {
    return knows(reviewer, DEFAULT_NAME);
  }

  /** Asks the registered reviewer of a stage; does nothing if it has no endpoint. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void reviewRequested(Stage stage) {
    stage
        .reviewer()
        .flatMap(reviewer -> endpoints.find(reviewer, DEFAULT_NAME))
        .ifPresent(
            endpoint ->
                enqueue(
                    endpoint,
                    REVIEW_REQUESTED,
                    stage.request(),
                    bodies.reviewing(REVIEW_REQUESTED, stage)));
  }

  private Optional<Endpoint> endpoint(ApprovalRequest request) {
    return endpoints.find(request.agent(), request.callback().orElse(DEFAULT_NAME));
  }

  private void enqueue(Endpoint endpoint, String type, ApprovalRequest request, byte[] body) {
    outbox.enqueue(new OutgoingMessage(endpoint.id(), type, Optional.of(request.id()), body));
  }
}
