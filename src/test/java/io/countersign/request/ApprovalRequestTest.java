package io.countersign.request;

import static io.countersign.request.Requests.PROPOSED;
import static io.countersign.request.Requests.digest;
import static io.countersign.request.Requests.proposed;
import static io.countersign.request.Requests.rita;
import static io.countersign.request.Requests.underReview;
import static io.countersign.request.Requests.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.request.Vote.Ballot;
import io.countersign.shared.Fallback;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.time.WorkingHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApprovalRequestTest {

  private static final Instant LATER = PROPOSED.plusSeconds(600);

  @Test
  void isApprovedAtOnceWherePolicySaysSo() {
    ApprovalRequest request = proposed(Route.AUTO_APPROVE, Optional.empty());

    assertThat(request.status()).isEqualTo(Status.APPROVED);
    assertThat(request.decidedDigest()).contains(request.actionDigest());
    assertThat(request.grantId()).isPresent();
    assertThat(request.closedAt()).contains(PROPOSED);
  }

  @Test
  void neverGrantsWhatIsBlocked() {
    ApprovalRequest request = proposed(Route.BLOCK, Optional.empty());

    assertThat(request.status()).isEqualTo(Status.BLOCKED);
    assertThat(request.grantId()).isEmpty();
  }

  @Test
  void asksNobodyWhereNoPlanWasMade() {
    ApprovalRequest request = proposed(Route.BLOCK, Optional.empty());

    assertThatThrownBy(() -> request.openStage("review", "instance-1", LATER))
        .isInstanceOf(NotPossibleNow.class);
  }

  @Test
  void isApprovedByAVoteOnEveryStage() {
    ApprovalRequest request = underReview();
    request
        .stage("review")
        .decide(rita(), Ballot.of(Decision.APPROVE, digest("240.00"), null), LATER);

    assertThat(request.conclude(LATER)).isEqualTo(Status.APPROVED);
    assertThat(request.decidedBy()).contains("rita");
    assertThat(request.grantId()).isPresent();
  }

  @Test
  void bindsAnEditToItsOwnDigest() {
    ApprovalRequest request = underReview();
    request
        .stage("review")
        .decide(rita(), Ballot.of(Decision.EDIT, digest("200.00"), "cap"), LATER);

    assertThat(request.conclude(LATER)).isEqualTo(Status.APPROVED_WITH_EDITS);
    assertThat(request.decidedDigest()).contains(digest("200.00"));
    assertThat(request.decisionReason()).contains("cap");
  }

  @Test
  void isRejectedByOneVote() {
    ApprovalRequest request = underReview();
    request
        .stage("review")
        .decide(rita(), Ballot.of(Decision.REJECT, digest("240.00"), "no"), LATER);

    assertThat(request.conclude(LATER)).isEqualTo(Status.REJECTED);
    assertThat(request.grantId()).isEmpty();
  }

  @Test
  void expiresWithTheFallbackOfItsPlanWhenAStageDid() {
    ApprovalRequest request = underReview();
    request.stage("review").expire(LATER);

    assertThat(request.conclude(LATER)).isEqualTo(Status.EXPIRED);
    assertThat(request.fallback()).contains(Fallback.DENY);
    assertThat(request.grantId()).isEmpty();
  }

  @Test
  void isNotConcludedAsLongAsSomebodyIsOwed() {
    ApprovalRequest open = underReview();
    ApprovalRequest unasked = waiting();

    assertThatThrownBy(() -> open.conclude(LATER))
        .isInstanceOf(NotPossibleNow.class)
        .hasMessageContaining("waiting for review");
    assertThatThrownBy(() -> unasked.conclude(LATER)).isInstanceOf(NotPossibleNow.class);
  }

  @Test
  void approvesNothingWhenItLapsesWhateverWasVoted() {
    ApprovalRequest request = underReview();
    request
        .stage("review")
        .decide(rita(), Ballot.of(Decision.APPROVE, digest("240.00"), null), LATER);
    Instant deadline = request.deadline().orElseThrow();

    assertThatThrownBy(() -> request.lapse(deadline.minusNanos(1)))
        .isInstanceOf(NotPossibleNow.class)
        .hasMessageContaining("not at its deadline");
    request.lapse(deadline);

    assertThat(request.status()).isEqualTo(Status.EXPIRED);
    assertThat(request.fallback()).contains(Fallback.DENY);
    assertThat(request.grantId()).isEmpty();
    assertThat(request.holdsApproval()).isFalse();
    assertThatThrownBy(() -> request.lapse(deadline)).isInstanceOf(NotPossibleNow.class);
  }

  /** Asked at 09:10, answered at 07:00 the next day: ten of sixty minutes had passed. */
  @Test
  void countsThePauseInTheWorkingTimeOfTheRole() {
    WorkingHours mornings =
        new WorkingHours(
            ZoneOffset.UTC,
            EnumSet.allOf(DayOfWeek.class),
            LocalTime.of(8, 0),
            LocalTime.of(9, 30),
            Set.of());
    ApprovalRequest request = proposed(Route.HUMAN_REVIEW, Optional.of(Requests.plan(mornings)));
    Stage stage = request.openStage("review", "instance-1", PROPOSED);
    Instant nextMorning = Instant.parse("2026-03-03T08:00:00Z");

    Question question = request.ask(stage, rita(), "why?", LATER);
    request.inform(question, "because", "agent:billing-agent", nextMorning.minusSeconds(3600));

    assertThat(stage.deadline()).isEqualTo(nextMorning.plusSeconds(50 * 60));
    assertThat(request.plan().after(stage.openedAt(), Duration.ofMinutes(30)))
        .as("the second reminder")
        .isEqualTo(nextMorning.plusSeconds(20 * 60));
  }

  @Test
  void isConcludedOnce() {
    ApprovalRequest request = underReview();
    request.stage("review").expire(LATER);
    request.conclude(LATER);

    assertThatThrownBy(() -> request.conclude(LATER))
        .isInstanceOf(NotPossibleNow.class)
        .hasMessageContaining("it is expired");
  }

  @Test
  void takesOneVoteAStage() {
    Stage stage = underReview().stage("review");
    stage.decide(rita(), Ballot.of(Decision.APPROVE, digest("240.00"), null), LATER);

    assertThatThrownBy(
            () -> stage.decide(rita(), Ballot.of(Decision.REJECT, digest("240.00"), "no"), LATER))
        .isInstanceOf(NotPossibleNow.class);
    assertThatThrownBy(() -> stage.expire(LATER)).isInstanceOf(NotPossibleNow.class);
  }

  @Test
  void letsTheEscalationPathDecideStepByStep() {
    Stage stage = underReview().stage("review");
    assertThat(stage.isOpenTo(Role.SENIOR_REVIEWER)).isFalse();

    assertThat(stage.escalate()).contains(Role.SENIOR_REVIEWER);
    assertThat(stage.isOpenTo(Role.SENIOR_REVIEWER)).isTrue();
    assertThat(stage.isOpenTo(Role.REVIEWER)).isTrue();
    assertThat(stage.isOpenTo(Role.FINANCE_APPROVER)).isFalse();

    assertThat(stage.escalate()).contains(Role.FINANCE_APPROVER);
    assertThat(stage.escalate()).isEmpty();
  }
}
