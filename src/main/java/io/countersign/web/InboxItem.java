package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Decision;
import io.countersign.request.Stage;
import io.countersign.review.BatchRule;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.Role;
import io.countersign.shared.Severity;
import io.countersign.shared.Urgency;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One review that waits for the caller.
 *
 * @param role by which the caller is asked
 * @param actionDigest what a decision has to name
 * @param batch whether it may be approved together with others
 */
record InboxItem(
    RequestId requestId,
    String stage,
    Role role,
    String action,
    String headline,
    String agent,
    @Nullable Severity severity,
    @Nullable Boolean reversible,
    Urgency urgency,
    @Nullable String assignee,
    Instant deadline,
    Instant openedAt,
    Instant createdAt,
    ActionDigest actionDigest,
    boolean batch,
    @Nullable String whyNotInBatch) {

  static InboxItem of(Stage stage, Caller caller) {
    ApprovalRequest request = stage.request();
    Optional<String> refusal = BatchRule.refusal(request, Decision.APPROVE);
    return new InboxItem(
        request.id(),
        stage.name(),
        role(stage, caller),
        request.action(),
        request.headline(),
        request.agent(),
        request.severity().orElse(null),
        request.reversible().orElse(null),
        request.urgency(),
        stage.assignee().orElse(null),
        stage.deadline(),
        stage.openedAt(),
        request.createdAt(),
        request.currentDigest(),
        refusal.isEmpty(),
        refusal.orElse(null));
  }

  private static Role role(Stage stage, Caller caller) {
    return caller.roles().stream()
        .filter(role -> role.decides() && stage.isOpenTo(role))
        .sorted()
        .findFirst()
        .orElseThrow();
  }
}
