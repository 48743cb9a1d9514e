package io.countersign.review;

import static io.countersign.engine.CompletionRefused.Kind.CONFLICT;
import static io.countersign.engine.CompletionRefused.Kind.FORBIDDEN;
import static io.countersign.engine.CompletionRefused.Kind.SIGN_IN;
import static io.countersign.request.Decision.APPROVE;
import static io.countersign.request.Decision.CHOOSE;
import static io.countersign.request.Decision.EDIT;

import io.countersign.engine.CompletionRefused;
import io.countersign.identity.Caller;
import io.countersign.identity.SignIn;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Decision;
import io.countersign.request.Stage;
import io.countersign.shared.FreshSignIn;
import io.countersign.shared.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who may decide a stage. Each rule is one function that returns why it refuses; all of them hold
 * for every door.
 */
final class DecisionRules {

  /** How old the token may be that carries the deciding role. */
  static final Duration ROLES_HOLD_FOR = Duration.ofMinutes(5);

  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  /** One attempt to take or decide a stage. */
  record Attempt(Caller caller, Stage stage, FourEyes fourEyes, Instant now) {}

  private interface Rule {
    Optional<CompletionRefused> refusal(Attempt attempt);
  }

  private static final Rule FRESHNESS = DecisionRules::rolesAreFresh;

  private static final List<Rule> ALL =
      List.of(
          DecisionRules::stageIsOpen,
          DecisionRules::deadlineHasNotPassed,
          DecisionRules::callerIsAPerson,
          DecisionRules::callerHoldsTheRole,
          FRESHNESS,
          DecisionRules::callerDidNotAskForIt,
          DecisionRules::callerHasNotVotedInThisPart);

  private DecisionRules() {}

  /** Throws the first refusal. */
  static void require(Attempt attempt) {
    ALL.stream()
        .flatMap(rule -> rule.refusal(attempt).stream())
        .findFirst()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /** Whether nothing stands against it but, perhaps, a sign-in that is to be renewed. */
  static boolean wouldAllow(Attempt attempt) {
    return ALL.stream()
        .filter(rule -> rule != FRESHNESS)
        .allMatch(rule -> rule.refusal(attempt).isEmpty());
  }

  /**
   * Throws if this would let the action through and takes a fresher or surer sign-in. Whatever
   * stops an action takes none.
   */
  static void requireSignIn(Attempt attempt, Decision decision) {
    if (decision == APPROVE || decision == EDIT || decision == CHOOSE) {
      attempt
          .stage()
          .request()
          .signIn()
          .filter(wanted -> !isMet(wanted, attempt.caller().signIn(), attempt.now()))
          .ifPresent(
              wanted -> {
                throw signInRefused(attempt.stage().request(), wanted);
              });
    }
  }

  private static boolean isMet(FreshSignIn wanted, SignIn signIn, Instant now) {
    Instant oldest = now.minus(wanted.within()).minus(CLOCK_SKEW);
    return signIn.at().filter(at -> !at.isBefore(oldest)).isPresent()
        && (wanted.levels().isEmpty()
            || signIn.level().filter(wanted.levels()::contains).isPresent());
  }

  private static CompletionRefused signInRefused(ApprovalRequest request, FreshSignIn wanted) {
    String level =
        wanted.levels().isEmpty()
            ? ""
            : " by " + wanted.levels().stream().sorted().collect(Collectors.joining(" or "));
    return new CompletionRefused(
        SIGN_IN,
        "",
        "To let this through, sign in again: it takes a sign-in of the last "
            + wanted.within().toMinutes()
            + " minutes"
            + level
            + ". The page /review/"
            + request.id()
            + " leads there.");
  }

  /** The role by which the caller may decide; empty if there is none. */
  static Optional<Role> entitlingRole(Caller caller, Stage stage) {
    return caller.roles().stream()
        .filter(role -> role.decides() && stage.isOpenTo(role))
        .sorted()
        .findFirst();
  }

  private static Optional<CompletionRefused> stageIsOpen(Attempt attempt) {
    return refuseUnless(
        attempt.stage().status().isOpen(),
        new CompletionRefused(
            CONFLICT,
            "",
            "This review is closed already: it was "
                + attempt.stage().status().wire()
                + attempt.stage().vote().map(vote -> " by " + vote.personName()).orElse("")
                + "."));
  }

  /** The timer that expires the stage may be a moment late; the deadline is not. */
  private static Optional<CompletionRefused> deadlineHasNotPassed(Attempt attempt) {
    return refuseUnless(
        attempt.now().isBefore(attempt.stage().deadline()),
        new CompletionRefused(CONFLICT, "", "The deadline of this review has passed."));
  }

  private static Optional<CompletionRefused> callerIsAPerson(Attempt attempt) {
    return refuseUnless(
        attempt.caller().isPerson(),
        new CompletionRefused(FORBIDDEN, "", "Only people decide; this is a service account."));
  }

  private static Optional<CompletionRefused> callerHoldsTheRole(Attempt attempt) {
    return refuseUnless(
        entitlingRole(attempt.caller(), attempt.stage()).isPresent(),
        new CompletionRefused(
            FORBIDDEN,
            "",
            "This review needs the role "
                + attempt.stage().roles().stream()
                    .map(Role::realmName)
                    .collect(Collectors.joining(" or "))
                + "."));
  }

  private static Optional<CompletionRefused> rolesAreFresh(Attempt attempt) {
    Instant oldest = attempt.now().minus(ROLES_HOLD_FOR).minus(CLOCK_SKEW);
    return refuseUnless(
        !attempt.caller().signIn().tokenIssuedAt().isBefore(oldest),
        new CompletionRefused(
            FORBIDDEN, "", "Your sign-in is older than five minutes: reload the page first."));
  }

  private static Optional<CompletionRefused> callerDidNotAskForIt(Attempt attempt) {
    return attempt
        .fourEyes()
        .refusal(attempt.caller().subject(), attempt.caller().name())
        .map(reason -> new CompletionRefused(FORBIDDEN, "", reason.text()));
  }

  /** A quorum is one of different people. */
  private static Optional<CompletionRefused> callerHasNotVotedInThisPart(Attempt attempt) {
    Stage stage = attempt.stage();
    boolean voted =
        stage.request().stages().stream()
            .filter(seat -> seat.part().equals(stage.part()))
            .flatMap(seat -> seat.votes().stream())
            .anyMatch(
                vote ->
                    vote.person().equals(attempt.caller().subject())
                        && vote.digest().equals(stage.request().currentDigest()));
    return refuseUnless(
        !voted,
        new CompletionRefused(
            FORBIDDEN,
            "",
            "You have said yes here already: " + stage.quorum() + " different people have to."));
  }

  private static Optional<CompletionRefused> refuseUnless(
      boolean holds, CompletionRefused refusal) {
    return holds ? Optional.empty() : Optional.of(refusal);
  }
}
