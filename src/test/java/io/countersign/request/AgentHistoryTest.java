package io.countersign.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.delivery.MovableClock;
import io.countersign.request.AgentHistory.Attempt;
import io.countersign.request.AgentHistory.Before;
import io.countersign.request.AgentHistory.Limits;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Route;
import io.countersign.shared.Tightening;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentHistoryTest {

  private static final ActionDigest DIGEST = Requests.digest("240.00");
  private static final String POLICY = "sha-256:policy";
  private static final Limits LIMITS = new Limits(3, 4);

  private final MovableClock clock = new MovableClock();
  private final Ledger ledger = new Ledger(clock);
  private final AgentHistory history = ledger.history();

  @AfterEach
  void stop() {
    ledger.close();
  }

  @ParameterizedTest
  @CsvSource({
    "billing-agent, run-1, true",
    "billing-agent, run-2, true",
    "other-agent,   run-1, false"
  })
  void remembersARejectionForItsAgentOnly(String agent, String run, boolean remembered) {
    insert("rejected", DIGEST);

    assertThat(before(agent, DIGEST, run).rejectedBefore()).isEqualTo(remembered);
  }

  @Test
  void forgetsARejectionAfterADayExceptInItsRun() {
    insert("rejected", DIGEST);

    clock.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(before(null).rejectedBefore()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(before(null).rejectedBefore()).isFalse();
    assertThat(before("run-2").rejectedBefore()).isFalse();
    assertThat(before("run-1").rejectedBefore()).isTrue();
  }

  @Test
  void remembersWhatAReviewerMadeOfItAndAnotherRejected() {
    ActionDigest edited = Requests.digest("200.00");
    insert("rejected", edited);

    assertThat(before(null).rejectedBefore()).isTrue();
    assertThat(before("billing-agent", edited, null).rejectedBefore()).isTrue();
    assertThat(before("billing-agent", Requests.digest("1.00"), null).rejectedBefore()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "approved", "expired", "blocked", "revision_requested"})
  void takesNothingElseForARejection(String status) {
    insert(status, DIGEST);

    assertThat(before("run-1").rejectedBefore()).isFalse();
  }

  @Test
  void countsOpenRequestsOfEachAgent() {
    insert("pending", DIGEST);
    insert("pending", DIGEST);
    insert("approved", DIGEST);
    assertThat(before(null).hasAllOpen()).isFalse();

    insert("information_requested", DIGEST);

    assertThat(before(null).hasAllOpen()).isTrue();
    assertThat(before("other-agent", DIGEST, null).hasAllOpen()).isFalse();
  }

  @Test
  void tellsHowLongToPauseAfterTooManyProposalsInAMinute() {
    for (int i = 0; i < 4; i++) {
      assertThat(before(null).pause()).isEmpty();
      insert("blocked", DIGEST);
      clock.advance(Duration.ofSeconds(10));
    }

    assertThat(before(null).pause()).contains(Duration.ofSeconds(20));
    assertThat(before("other-agent", DIGEST, null).pause()).isEmpty();
    clock.advance(Duration.ofSeconds(20));
    assertThat(before(null).pause()).isEmpty();
    insert("blocked", DIGEST);
    assertThat(before(null).pause()).contains(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({
    "all,    ,               billing-agent, run-1, true",
    "agent,  billing-agent,  billing-agent, run-1, true",
    "agent,  billing-agent,  other-agent,   run-1, false",
    "action, process_refund, other-agent,   run-1, true",
    "action, query_crm,      billing-agent, run-1, false",
    "run,    run-1,          other-agent,   run-1, true",
    "run,    run-1,          billing-agent, run-2, false",
    "run,    run-1,          billing-agent,      , false"
  })
  void seesTheOverridesThatAreForIt(
      String scope, @Nullable String target, String agent, @Nullable String run, boolean seen) {
    override(scope, target, Duration.ofHours(1));

    assertThat(before(agent, DIGEST, run).overrides())
        .isEqualTo(seen ? List.of(new Tightening(Route.ESCALATE, "two  words")) : List.of());
  }

  @Test
  void seesNoOverrideThatIsOver() {
    override("all", null, Duration.ofHours(1));
    override("all", null, Duration.ofHours(2));
    ledger
        .asOwner()
        .sql(
            "update operator_override set ending_asked_by = 'a', ended_by = 'b',"
                + " ended_by_name = 'b', ended_at = ? where ends_at > ?")
        .params(Timestamp.from(clock.instant()), in(Duration.ofMinutes(90)))
        .update();

    assertThat(before(null).overrides()).hasSize(1);
    clock.advance(Duration.ofHours(1));
    assertThat(before(null).overrides()).isEmpty();
  }

  private Before before(@Nullable String run) {
    return before("billing-agent", DIGEST, run);
  }

  private Before before(String agent, ActionDigest digest, @Nullable String run) {
    return history.of(
        new Attempt(agent, "process_refund", digest, Optional.ofNullable(run), POLICY, LIMITS));
  }

  private void override(String scope, @Nullable String target, Duration time) {
    ledger
        .asOwner()
        .sql(
            """
            insert into operator_override
              (id, version, scope, target, route, reason, ends_at, placed_by, placed_by_name,
                placed_at)
            values (gen_random_uuid(), 0, ?, ?, 'escalate', 'two  words', ?, 'o', 'otto', ?)
            """)
        .params(Arrays.asList(scope, target, in(time), Timestamp.from(clock.instant())))
        .update();
  }

  private Timestamp in(Duration time) {
    return Timestamp.from(clock.instant().plus(time));
  }

  private void insert(String status, ActionDigest decided) {
    boolean open = status.equals("pending") || status.equals("information_requested");
    ledger
        .asOwner()
        .sql(
            """
            insert into approval_request (id, version, agent, idempotency_key, body_digest, action,
              action_digest, current_digest, route, mode, urgency, pattern, policy_version, reasons,
              run_id, headline, status, created_at, changes, closed_at, decided_digest)
            values (:id, 0, 'billing-agent', :key, '', 'process_refund', :proposed, :decided,
              'human_review', 'person_first', 'normal', 'approval_gate', '', '[]', 'run-1', '',
              :status, :now, 0, :closed, :decided)
            """)
        .param("id", UUID.randomUUID())
        .param("key", UUID.randomUUID().toString())
        .param("proposed", DIGEST.value())
        .param("decided", decided.value())
        .param("status", status)
        .param("now", Timestamp.from(clock.instant()))
        .param("closed", open ? null : Timestamp.from(clock.instant()), Types.TIMESTAMP)
        .update();
  }
}
