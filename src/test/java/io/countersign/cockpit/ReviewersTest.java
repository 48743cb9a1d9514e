package io.countersign.cockpit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cockpit.PerformanceReport.Compared;
import io.countersign.cockpit.PerformanceReport.Ground;
import io.countersign.cockpit.PerformanceReport.Reviewer;
import io.countersign.cockpit.PerformanceReport.Rule;
import io.countersign.request.Figures;
import io.countersign.request.Figures.Group;
import io.countersign.request.Figures.Held;
import io.countersign.request.Figures.Streak;
import io.countersign.request.Figures.Voted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReviewersTest {

  private final List<Voted> voted = new ArrayList<>();
  private final List<Streak> streaks = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();

  @Test
  void namesReviewersForThoseWhoMayKnow() {
    decided("rita", "refund", 3, 1);
    decided("raj", "refund", 2, 1);
    held.add(new Held("raj", 4));
    held.add(new Held("zoe", 1));
    held.add(new Held(null, 9));

    assertThat(list(true))
        .extracting(Reviewer::reviewer, Reviewer::openNow)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("rita", 0L),
            org.assertj.core.groups.Tuple.tuple("raj", 4L),
            org.assertj.core.groups.Tuple.tuple("zoe", 1L));
  }

  @Test
  void numbersThemForEverybodyElse() {
    decided("rita", "refund", 60, 0);
    decided("raj", "refund", 50, 25);
    held.add(new Held("raj", 4));
    held.add(new Held("zoe", 1));

    List<Reviewer> reviewers = list(false);

    assertThat(reviewers)
        .extracting(Reviewer::reviewer)
        .containsExactly("Reviewer 1", "Reviewer 2", "Reviewer 3");
    assertThat(reviewers.toString()).doesNotContainIgnoringCase("rita").doesNotContain("zoe");
    assertThat(rules(reviewers.get(0))).containsExactly(Rule.SELDOM_STEPS_IN);
  }

  /** None of 30 is at most 11.35 percent; others have 12 of 100. */
  @Test
  void findsWhoSeldomStepsIn() {
    decided("rita", "refund", 30, 0);
    decided("raj", "refund", 100, 12);

    Reviewer rita = reviewer("rita");

    assertThat(rules(rita)).containsExactly(Rule.SELDOM_STEPS_IN);
    assertThat(rita.vigilance().grounds().get(0).text())
        .isEqualTo(
            "Stepped in at 0 of 30 decisions: a rate of at most 11.4 %, while others have"
                + " 12.0 % on the same actions.");
  }

  @Test
  void doubtsNobodyWithoutEnoughDecisions() {
    decided("rita", "refund", 29, 0);
    decided("raj", "refund", 100, 90);

    assertThat(rules(reviewer("rita"))).isEmpty();
  }

  @Test
  void doubtsNobodyWithoutEnoughOthers() {
    decided("rita", "refund", 500, 0);
    decided("raj", "refund", 29, 29);

    assertThat(rules(reviewer("rita"))).isEmpty();
  }

  /** 11 of 100 is within what none of 30 allows. */
  @Test
  void doubtsNobodyWhomChanceExplains() {
    decided("rita", "refund", 30, 0);
    decided("raj", "refund", 100, 11);

    assertThat(rules(reviewer("rita"))).isEmpty();
  }

  /** Whoever sees only harmless mails steps in as seldom as everybody else does there. */
  @Test
  void comparesOnTheSameActionsOnly() {
    decided("rita", "mail", 100, 1);
    decided("rita", "contract", 40, 0);
    decided("raj", "mail", 200, 4);
    decided("raj", "refund", 100, 80);

    assertThat(reviewer("rita").vigilance().compared())
        .isEqualTo(new Compared(100, 1, Wilson.atMost(1, 100), 0.02, 200));
    assertThat(rules(reviewer("rita"))).isEmpty();
    assertThat(reviewer("rita").vigilance().considered()).isEqualTo(140);
  }

  /** 60 refunds at 0.5 and 40 mails at 0.1: (30 + 4) / 100. */
  @Test
  void weighsOthersByTheActionsOfThePerson() {
    decided("rita", "refund", 60, 10);
    decided("rita", "mail", 40, 4);
    decided("raj", "refund", 10, 5);
    decided("raj", "mail", 100, 10);

    assertThat(Objects.requireNonNull(reviewer("rita").vigilance().compared()).others())
        .isEqualTo(0.34);
  }

  @Test
  void findsLongRowsOfApprovals() {
    decided("rita", "refund", 60, 10);
    streaks.add(new Streak("RITA", 50));
    decided("raj", "refund", 60, 10);
    streaks.add(new Streak("RAJ", 49));

    assertThat(rules(reviewer("rita"))).containsExactly(Rule.LONG_STREAK);
    assertThat(rules(reviewer("raj"))).isEmpty();
  }

  @Test
  void findsWhoDecidesFasterThanReading() {
    voted.add(line(new Group(null, null, "RITA"), "rita", 5, 5, 0, 2));
    assertThat(rules(reviewer("rita"))).isEmpty();

    voted.clear();
    voted.add(line(new Group(null, null, "RITA"), "rita", 5, 5, 0, 3));
    assertThat(rules(reviewer("rita"))).containsExactly(Rule.FASTER_THAN_READING);
  }

  private void decided(String name, String action, long considered, long steppedIn) {
    String subject = name.toUpperCase(java.util.Locale.ROOT);
    add(new Group(action, null, subject), name, considered, steppedIn);
    add(new Group(null, null, subject), name, considered, steppedIn);
    add(Group.action(action), name, considered, steppedIn);
  }

  private void add(Group group, String name, long considered, long steppedIn) {
    Voted before =
        voted.stream()
            .filter(each -> each.group().equals(group))
            .findFirst()
            .orElse(line(group, name, 0, 0, 0, 0));
    voted.remove(before);
    long all = before.considered() + considered;
    voted.add(line(group, name, all, all, before.steppedIn() + steppedIn, 0));
  }

  private static Voted line(
      Group group, String name, long count, long considered, long steppedIn, long tooFast) {
    return new Voted(
        group, name, count, count, 0, 0, 0, considered, steppedIn, 0, null, null, 5, tooFast);
  }

  private List<Reviewer> list(boolean named) {
    return Reviewers.of(new Figures(List.of(), voted, List.of(), streaks, held), named);
  }

  private Reviewer reviewer(String name) {
    return list(true).stream()
        .filter(each -> each.reviewer().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Rule> rules(Reviewer reviewer) {
    return reviewer.vigilance().grounds().stream().map(Ground::rule).toList();
  }
}
