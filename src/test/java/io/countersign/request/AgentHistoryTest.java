package io.countersign.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.delivery.MovableClock;
import io.countersign.shared.ActionDigest;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentHistoryTest {

  private static final ActionDigest DIGEST = Requests.digest("240.00");
  private static final Optional<String> NO_RUN = Optional.empty();

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
    insert("rejected", DIGEST, DIGEST, "run-1");

    assertThat(history.of(agent, DIGEST, Optional.of(run)).rejectedBefore()).isEqualTo(remembered);
  }

  @Test
  void forgetsARejectionAfterADayExceptInItsRun() {
    insert("rejected", DIGEST, DIGEST, "run-1");

    clock.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(rejected(NO_RUN)).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(rejected(NO_RUN)).isFalse();
    assertThat(rejected(Optional.of("run-2"))).isFalse();
    assertThat(rejected(Optional.of("run-1"))).isTrue();
  }

  @Test
  void remembersWhatAReviewerMadeOfItAndAnotherRejected() {
    ActionDigest edited = Requests.digest("200.00");
    insert("rejected", DIGEST, edited, "run-1");

    assertThat(rejected(NO_RUN)).isTrue();
    assertThat(history.of("billing-agent", edited, NO_RUN).rejectedBefore()).isTrue();
    assertThat(history.of("billing-agent", Requests.digest("1.00"), NO_RUN).rejectedBefore())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "approved", "expired", "blocked"})
  void takesNothingElseForARejection(String status) {
    insert(status, DIGEST, DIGEST, "run-1");

    assertThat(rejected(Optional.of("run-1"))).isFalse();
  }

  private boolean rejected(Optional<String> run) {
    return history.of("billing-agent", DIGEST, run).rejectedBefore();
  }

  private void insert(String status, ActionDigest proposed, ActionDigest decided, String run) {
    ledger
        .asOwner()
        .sql(
            """
            insert into approval_request (id, version, agent, idempotency_key, body_digest, action,
              action_digest, route, mode, urgency, pattern, policy_version, reasons, run_id,
              headline, status, created_at, changes, closed_at, decided_digest, current_digest)
            values (:id, 0, 'billing-agent', :key, '', 'process_refund', :proposed, 'human_review',
              'person_first', 'normal', 'approval_gate', '', '[]', :run, '', :status, :now, 0,
              :now, :decided, :decided)
            """)
        .param("id", UUID.randomUUID())
        .param("key", UUID.randomUUID().toString())
        .param("proposed", proposed.value())
        .param("decided", decided.value())
        .param("run", run)
        .param("status", status)
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }
}
