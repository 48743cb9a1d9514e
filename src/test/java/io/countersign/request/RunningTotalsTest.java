package io.countersign.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.delivery.MovableClock;
import io.countersign.shared.RequestId;
import io.countersign.shared.Route;
import io.countersign.shared.Totals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningTotalsTest {

  private final MovableClock clock = new MovableClock();
  private final Ledger ledger = new Ledger(clock);
  private final RunningTotals totals = ledger.totals();

  @AfterEach
  void stop() {
    ledger.close();
  }

  @Test
  void countsWhatCameBeforeInTheSameRunAndOnTheSameDay() {
    same(reserve("12.00", "run-1", true), Totals.NONE);

    same(reserve("240.00", "run-1", false), before("12.00", "12.00", "12.00"));
    same(reserve("1.00", "run-2", true), before("0", "0", "252.00", "12.00"));
    same(reserve("1.00", null, true), before("0", "0", "253.00", "13.00"));
    same(reserve("1.00", null, true), before("0", "0", "254.00", "14.00"));
  }

  @Test
  void keepsAgentsActionsAndCurrenciesApart() {
    reserve("12.00", "run-1", true);

    for (var other :
        new Account[] {
          new Account("other-agent", "process_refund", "EUR", Optional.of("run-1")),
          new Account("billing-agent", "pay_bill", "EUR", Optional.of("run-1")),
          new Account("billing-agent", "process_refund", "USD", Optional.of("run-1"))
        }) {
      same(totals.reserve(RequestId.next(), other, BigDecimal.TEN, true), Totals.NONE);
    }
  }

  @Test
  void givesBackOnceWhatEndedWithoutApproval() {
    ApprovalRequest blocked = Requests.proposed(Route.BLOCK, Optional.empty());
    ApprovalRequest approved = Requests.proposed(Route.AUTO_APPROVE, Optional.empty());
    totals.reserve(blocked.id(), account("run-1"), new BigDecimal("30.00"), false);
    totals.reserve(approved.id(), account("run-1"), new BigDecimal("12.00"), true);

    totals.release(blocked);
    totals.release(blocked);
    totals.release(approved);

    same(reserve("1.00", "run-1", true), before("12.00", "12.00", "12.00"));
  }

  @Test
  void countsWhatAReviewerMadeOfAnAmount() {
    RequestId edited = RequestId.next();
    reserve("12.00", "run-1", true);
    totals.reserve(edited, account("run-1"), new BigDecimal("240.00"), false);

    Totals others = totals.correct(edited, new BigDecimal("200.00"), "EUR");

    same(others, before("12.00", "12.00", "12.00"));
    same(reserve("1.00", "run-1", true), before("212.00", "12.00", "212.00", "12.00"));
  }

  @Test
  void movesAnAmountWhoseCurrencyAReviewerChanged() {
    RequestId edited = RequestId.next();
    totals.reserve(edited, account("run-1"), new BigDecimal("240.00"), false);

    totals.correct(edited, new BigDecimal("200.00"), "USD");

    same(reserve("1.00", "run-1", true), before("0.00", "0.00", "0.00"));
    totals.release(edited);
    assertThat(
            ledger
                .asOwner()
                .sql("select sum(total) from running_total")
                .query(BigDecimal.class)
                .single())
        .isEqualByComparingTo("2.00");
  }

  @Test
  void noLongerCountsAsApprovedWhatPeopleAreAskedAbout() {
    RequestId asked = RequestId.next();
    totals.reserve(asked, account("run-1"), new BigDecimal("45.00"), true);

    totals.ask(asked);

    same(reserve("1.00", "run-1", true), before("45.00", "0.00", "45.00", "0.00"));
    totals.release(asked);
    same(reserve("1.00", "run-1", true), before("1.00", "1.00", "1.00"));
  }

  @Test
  void beginsADayAtMidnightUtcAndGivesBackToTheDayItCameFrom() {
    clock.set(Instant.parse("2026-03-02T23:59:59.999Z"));
    RequestId late = RequestId.next();
    totals.reserve(late, account("run-1"), new BigDecimal("45.00"), true);

    clock.set(Instant.parse("2026-03-03T00:00:00Z"));
    same(reserve("1.00", "run-1", true), before("45.00", "45.00", "0", "0"));
    totals.release(late);
    same(reserve("1.00", "run-1", true), before("1.00", "1.00", "1.00"));
  }

  private Totals reserve(String amount, @Nullable String run, boolean autoApproved) {
    return totals.reserve(RequestId.next(), account(run), new BigDecimal(amount), autoApproved);
  }

  private static Account account(@Nullable String run) {
    return new Account("billing-agent", "process_refund", "EUR", Optional.ofNullable(run));
  }

  private static void same(Totals actual, Totals expected) {
    assertThat(actual)
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(expected);
  }

  private static Totals before(String run, String autoApproved, String day) {
    return before(run, autoApproved, day, autoApproved);
  }

  private static Totals before(String run, String runAuto, String day, String dayAuto) {
    return new Totals(
        new BigDecimal(run), new BigDecimal(runAuto), new BigDecimal(day), new BigDecimal(dayAuto));
  }
}
