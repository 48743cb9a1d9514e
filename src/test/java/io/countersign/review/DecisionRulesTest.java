package io.countersign.review;

import static io.countersign.engine.CompletionRefused.Kind.CONFLICT;
import static io.countersign.engine.CompletionRefused.Kind.FORBIDDEN;
import static io.countersign.request.Requests.PROPOSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.engine.CompletionRefused;
import io.countersign.identity.Caller;
import io.countersign.identity.SignIn;
import io.countersign.request.Decision;
import io.countersign.request.Requests;
import io.countersign.request.Stage;
import io.countersign.request.Vote.Ballot;
import io.countersign.review.DecisionRules.Attempt;
import io.countersign.shared.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionRulesTest {

  private final Stage stage = Requests.underReview().stage("review");

  @Test
  void letsAPersonWithTheRoleDecide() {
    assertThatCode(() -> DecisionRules.require(by(person("rita", Role.REVIEWER))))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesARoleThatWasNotAsked() {
    refuses(by(person("sam", Role.SENIOR_REVIEWER)), FORBIDDEN, "needs the role reviewer");
  }

  @Test
  void letsTheNextRoleDecideAfterEscalation() {
    stage.escalate();

    assertThatCode(() -> DecisionRules.require(by(person("sam", Role.SENIOR_REVIEWER))))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAServiceAccountEvenWithTheRole() {
    Caller agent =
        new Caller(
            "subject",
            "billing-agent",
            Caller.Kind.CLIENT,
            Set.of(Role.REVIEWER, Role.AGENT),
            Optional.empty(),
            SignIn.justNow(PROPOSED));

    refuses(by(agent), FORBIDDEN, "Only people decide");
  }

  @Test
  void refusesWhoAnswersForTheAgent() {
    refuses(by(person("mona", Role.REVIEWER)), FORBIDDEN, "somebody else has to decide");
  }

  @Test
  void refusesWhomTheAgentActsFor() {
    Caller rita = person("rita", Role.REVIEWER);

    refuses(new Attempt(rita, stage, behind("rita"), PROPOSED), FORBIDDEN, "acts for you");
  }

  @Test
  void refusesRolesOlderThanFiveMinutes() {
    Caller rita = person("rita", Role.REVIEWER);

    refuses(
        new Attempt(
            rita, stage, behind("mona"), PROPOSED.plus(Duration.ofMinutes(5)).plusSeconds(31)),
        FORBIDDEN,
        "older than five minutes");
  }

  @Test
  void refusesFromTheDeadlineOnEvenIfTheTimerIsLate() {
    Instant deadline = stage.deadline();
    Caller rita =
        new Caller(
            "subject-of-rita",
            "rita",
            Caller.Kind.PERSON,
            Set.of(Role.REVIEWER),
            Optional.empty(),
            SignIn.justNow(deadline));

    refuses(
        new Attempt(rita, stage, behind("mona"), deadline), CONFLICT, "deadline of this review");
    assertThatCode(
            () ->
                DecisionRules.require(
                    new Attempt(rita, stage, behind("mona"), deadline.minusMillis(1))))
        .doesNotThrowAnyException();
  }

  @Test
  void tellsWhoWasFirst() {
    stage.decide(
        Requests.rita(), Ballot.of(Decision.APPROVE, Requests.digest("240.00"), null), PROPOSED);

    refuses(by(person("raj", Role.REVIEWER)), CONFLICT, "it was decided by rita");
  }

  private static FourEyes behind(String name) {
    return new FourEyes(List.of(new FourEyes.Party(name, Optional.empty())), List.of());
  }

  private Attempt by(Caller caller) {
    return new Attempt(caller, stage, behind("mona"), PROPOSED);
  }

  private static Caller person(String name, Role role) {
    return new Caller(
        "subject-of-" + name,
        name,
        Caller.Kind.PERSON,
        Set.of(role),
        Optional.empty(),
        SignIn.justNow(PROPOSED));
  }

  private static void refuses(Attempt attempt, CompletionRefused.Kind kind, String sentence) {
    CompletionRefused refused =
        catchThrowableOfType(CompletionRefused.class, () -> DecisionRules.require(attempt));
    assertThat(refused).isNotNull().hasMessageContaining(sentence);
    assertThat(refused.kind()).isEqualTo(kind);
  }
}
