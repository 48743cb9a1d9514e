package io.countersign.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.countersign.request.Vote.Voter;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.AssignmentPlan;
import io.countersign.shared.Fallback;
import io.countersign.shared.FreshSignIn;
import io.countersign.shared.Mode;
import io.countersign.shared.Reason;
import io.countersign.shared.RequestId;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import io.countersign.shared.StagePlan;
import io.countersign.shared.Urgency;
import io.countersign.shared.json.CanonicalJson;
import io.countersign.shared.time.WorkingHours;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests for tests, brought into their state by the transitions that production uses. */
public final class Requests {

  /** When every request here was proposed. */
  public static final Instant PROPOSED = Instant.parse("2026-03-02T09:00:00Z");

  private Requests() {}

  /** A refund that waits for a reviewer, with no stage yet. */
  public static ApprovalRequest waiting() {
    return proposed(Route.HUMAN_REVIEW, Optional.of(plan()));
  }

  /** A refund with one open stage called {@code review}. */
  public static ApprovalRequest underReview() {
    ApprovalRequest request = waiting();
    request.openStage("review", "instance-1", PROPOSED);
    return request;
  }

  /** A refund that policy routed like this. */
  public static ApprovalRequest proposed(Route route, Optional<ReviewPlan> plan) {
    Proposal proposal = refund("240.00");
    return ApprovalRequest.propose(
        RequestId.next(),
        new Origin(
            "billing-agent",
            Optional.of("mona"),
            Optional.empty(),
            Optional.empty(),
            "key-1",
            "00"),
        proposal,
        digest("240.00"),
        new Routing(
            route,
            Mode.PERSON_FIRST,
            List.of(new Reason("amount_for_people", "people decide from 50")),
            "sha-256:policy",
            Severity.HIGH,
            false,
            Urgency.NORMAL,
            plan,
            Optional.of(new Routing.Execution("action-executor", Duration.ofHours(24))),
            "Refund 240.00 EUR for order 10428"),
        PROPOSED);
  }

  /** A reviewer first, senior people and finance later, one hour in all. */
  public static ReviewPlan plan() {
    return plan(null);
  }

  /** The same, for people who work at these hours only. */
  public static ReviewPlan plan(@Nullable WorkingHours workingHours) {
    return plan(workingHours, null);
  }

  /** The same, where letting it through takes more than the role. */
  public static ReviewPlan plan(@Nullable WorkingHours workingHours, @Nullable FreshSignIn signIn) {
    return new ReviewPlan(
        "approve-action",
        Role.REVIEWER,
        Duration.ofHours(1),
        List.of(Duration.ofMinutes(5), Duration.ofMinutes(30)),
        Duration.ofMinutes(20),
        List.of(Role.SENIOR_REVIEWER, Role.FINANCE_APPROVER),
        Fallback.DENY,
        Urgency.NORMAL,
        70,
        Duration.ofHours(4),
        AssignmentPlan.QUEUE,
        List.of(
            StagePlan.of(
                StagePlan.REVIEW,
                Role.REVIEWER,
                List.of(Role.SENIOR_REVIEWER, Role.FINANCE_APPROVER))),
        workingHours,
        signIn);
  }

  /** A proposal to refund that much. */
  public static Proposal refund(String amount) {
    return new Proposal(
        "process_refund",
        parameters(amount),
        new BigDecimal("0.72"),
        null,
        List.of(),
        false,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        List.of(),
        null);
  }

  /** The parameters of that refund. */
  public static JsonNode parameters(String amount) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("orderId", "10428")
        .put("amount", amount)
        .put("currency", "EUR");
  }

  /** The digest of that refund. */
  public static ActionDigest digest(String amount) {
    return CanonicalJson.digest("process_refund", parameters(amount));
  }

  /** Rita, who reviews. */
  public static Voter rita() {
    return new Voter("subject-of-rita", "rita", Role.REVIEWER);
  }
}
