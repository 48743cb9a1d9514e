package io.countersign.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.identity.Absence;
import io.countersign.identity.Member;
import io.countersign.review.Assignment.Choice;
import io.countersign.review.Assignment.Question;
import io.countersign.review.FourEyes.Party;
import io.countersign.shared.AssignmentMode;
import io.countersign.shared.AssignmentPlan;
import io.countersign.shared.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  private final List<Member> members = new ArrayList<>();
  private final Map<String, Absence> away = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private final List<Party> parties = new ArrayList<>();
  private final Set<String> seated = new HashSet<>();
  private AssignmentPlan plan = new AssignmentPlan(AssignmentMode.LEAST_LOADED, Set.of(), 0);

  @Test
  void asksWhoHoldsTheFewestOpenReviews() {
    members("rita", "raj", "rena");
    held.putAll(Map.of("rita", 3L, "raj", 1L, "rena", 2L));

    assertThat(chosen()).hasValue("raj");
    assertThat(choice().reasons())
        .containsExactly(
            new Reason("least_loaded", "Holds 1 open reviews, the fewest of 3 available"));
  }

  @Test
  void letsEqualsTakeTurnsAndAnswersTheSameQuestionAlike() {
    members("rita", "raj", "rena");
    Map<Optional<String>, Integer> drawn = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      Choice choice = Assignment.choose(question("stage " + i));
      assertThat(Assignment.choose(question("stage " + i))).isEqualTo(choice);
      drawn.merge(choice.person().map(Member::username), 1, Integer::sum);
    }
    assertThat(drawn).hasSize(3).allSatisfy((who, times) -> assertThat(times).isBetween(70, 130));
  }

  @Test
  void neverAsksWhoIsBehindTheRequest() {
    members("rita", "raj");
    parties.add(new Party("rita", Optional.of("subject-of-rita")));
    held.put("raj", 100L);

    assertThat(chosen()).hasValue("raj");
  }

  @Test
  void asksNobodyTwiceWhereSeveralDifferentPeopleMustAgree() {
    members("rita", "raj", "rena");
    seated.addAll(Set.of("rita", "subject-of-raj"));

    assertThat(chosen()).hasValue("rena");
  }

  @Test
  void asksTheBackupOfWhoIsAway() {
    members("rita", "raj");
    away("rita", "raj");

    assertThat(chosen()).hasValue("raj");
    assertThat(Assignment.backupOf("subject-of-rita", question("stage")))
        .map(Member::username)
        .hasValue("raj");
  }

  @Test
  void asksNoBackupWithoutTheRole() {
    members("rita", "raj");
    away("rita", "sam");

    assertThat(chosen()).hasValue("raj");
    assertThat(Assignment.backupOf("subject-of-rita", question("stage"))).isEmpty();
  }

  @Test
  void followsAbsentBackupsAFewStepsAndNeverInCircles() {
    members("a", "b", "c", "d", "e");
    away("a", "b");
    away("b", "c");
    away("c", "d");
    assertThat(Assignment.backupOf("subject-of-a", question("stage")))
        .map(Member::username)
        .hasValue("d");

    away("d", "e");
    assertThat(Assignment.backupOf("subject-of-a", question("stage"))).isEmpty();

    away("d", "a");
    away("e", "e2");
    assertThat(chosen()).isEmpty();
  }

  @Test
  void letsNobodyBehindTheRequestNameTheDecider() {
    members("a", "owner", "c");
    parties.add(new Party("owner", Optional.of("subject-of-owner")));
    away("a", "owner");
    away("owner", "c");

    assertThat(Assignment.backupOf("subject-of-a", question("stage"))).isEmpty();
  }

  @Test
  void asksAnExpertHoweverBusy() {
    members("rita");
    members.add(expert("pay", "payments", "fraud"));
    held.put("pay", 20L);
    plan = new AssignmentPlan(AssignmentMode.LEAST_LOADED, Set.of("payments", "law"), 0);

    assertThat(chosen()).hasValue("pay");
    assertThat(rules()).containsExactly("expertise", "least_loaded");
  }

  @Test
  void asksWhomTheAbsentExpertNamedElseAnybodyAndSaysSo() {
    members("rita", "raj", "rena");
    members.add(expert("pay", "payments"));
    plan = new AssignmentPlan(AssignmentMode.LEAST_LOADED, Set.of("payments"), 0);
    held.put("rena", 5L);

    away("pay", "rena");
    assertThat(chosen()).hasValue("rena");
    assertThat(rules()).containsExactly("expertise_missing", "backup_of_absent", "least_loaded");

    away("pay", null);
    assertThat(chosen()).get().isIn("rita", "raj");
    assertThat(rules()).containsExactly("expertise_missing", "least_loaded");
  }

  @Test
  void prefersSeniorityAndGoesOnWithoutIt() {
    members("rita");
    members.add(new Member("subject-of-old", "old", Set.of(), 5));
    held.put("old", 9L);

    plan = new AssignmentPlan(AssignmentMode.LEAST_LOADED, Set.of(), 5);
    assertThat(chosen()).hasValue("old");
    assertThat(rules()).containsExactly("seniority", "least_loaded");

    plan = new AssignmentPlan(AssignmentMode.LEAST_LOADED, Set.of(), 6);
    assertThat(chosen()).hasValue("rita");
    assertThat(rules()).containsExactly("seniority_missing", "least_loaded");
  }

  @Test
  void findsNobodyAndSaysWhy() {
    members("rita", "raj", "owner");
    parties.add(new Party("owner", Optional.empty()));
    away("rita", "raj");
    away("raj", "rita");

    assertThat(choice())
        .isEqualTo(
            new Choice(
                Optional.empty(),
                List.of(
                    new Reason(
                        "nobody_available",
                        "Of 3 who hold the role, 1 must not or need not decide this and 2 are away"))));
    assertThat(Assignment.available(question("stage"))).isEmpty();
  }

  @Test
  void namesNobodyInItsReasons() {
    members("rita", "raj");
    away("rita", "raj");
    plan = new AssignmentPlan(AssignmentMode.LEAST_LOADED, Set.of("payments"), 3);

    assertThat(choice().reasons())
        .allSatisfy(reason -> assertThat(reason.text()).doesNotContain("rita", "raj"));
  }

  private void members(String... names) {
    for (String name : names) {
      members.add(new Member("subject-of-" + name, name, Set.of(), 0));
    }
  }

  private static Member expert(String name, String... expertise) {
    return new Member("subject-of-" + name, name, Set.of(expertise), 0);
  }

  private void away(String name, @Nullable String backup) {
    away.put(
        "subject-of-" + name,
        new Absence(
            "subject-of-" + name,
            name,
            START,
            START.plusSeconds(60),
            Optional.ofNullable(backup)
                .map(other -> new Absence.Backup("subject-of-" + other, other))));
  }

  private Question question(String draw) {
    return new Question(
        draw, members, away, new FourEyes(parties, List.of()), seated, plan, Map.copyOf(held));
  }

  private Choice choice() {
    return Assignment.choose(question("stage"));
  }

  private Optional<String> chosen() {
    return choice().person().map(Member::username);
  }

  private List<String> rules() {
    return choice().reasons().stream().map(Reason::rule).toList();
  }
}
