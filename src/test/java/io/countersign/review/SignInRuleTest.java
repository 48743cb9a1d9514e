package io.countersign.review;

import static io.countersign.request.Requests.PROPOSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.engine.CompletionRefused;
import io.countersign.identity.Caller;
import io.countersign.identity.SignIn;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Decision;
import io.countersign.request.Requests;
import io.countersign.review.DecisionRules.Attempt;
import io.countersign.shared.FreshSignIn;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.problem.SignInAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is severe takes a fresh sign-in to let through, and none to stop. */
class SignInRuleTest {

  private static final Duration WITHIN = Duration.ofMinutes(5);

  @ParameterizedTest
  @CsvSource({
    "  0,        , true",
    "300,        , true",
    "330,        , true", // half a minute for clocks that differ
    "331,        , false",
    "   ,        , false",
    "  0,   gold , true",
    "  0,   silver, false",
    "331,   gold , false",
    "   ,   gold , false",
  })
  void takesASignInOfTheLastMinutes(
      @Nullable Long secondsAgo, @Nullable String level, boolean taken) {
    Set<String> levels = level == null ? Set.of() : Set.of("gold", "platinum");
    Instant at = secondsAgo == null ? null : PROPOSED.minusSeconds(secondsAgo);

    assertThat(refusal(new FreshSignIn(WITHIN, levels), at, level, Decision.APPROVE).isEmpty())
        .isEqualTo(taken);
  }

  @ParameterizedTest
  @EnumSource(Decision.class)
  void standsInTheWayOfNothingThatStopsTheAction(Decision decision) {
    boolean letsThrough =
        List.of(Decision.APPROVE, Decision.EDIT, Decision.CHOOSE).contains(decision);
    FreshSignIn wanted = new FreshSignIn(WITHIN, Set.of("gold"));

    assertThat(refusal(wanted, PROPOSED.minusSeconds(3600), "1", decision).isPresent())
        .isEqualTo(letsThrough);
  }

  @Test
  void asksNothingWherePolicyAsksNothing() {
    assertThat(refusal(null, null, null, Decision.APPROVE)).isEmpty();
  }

  @Test
  void tellsWhatIsMissing() {
    FreshSignIn wanted = new FreshSignIn(WITHIN, Set.of("platinum", "gold"));

    CompletionRefused refused = refusal(wanted, null, "1", Decision.APPROVE).orElseThrow();

    assertThat(refused.kind()).isEqualTo(CompletionRefused.Kind.SIGN_IN);
    assertThat(refused)
        .hasMessageContaining("a sign-in of the last 5 minutes by gold or platinum")
        .hasMessageContaining("/review/apr_");
    assertThat(new SignInAgain(wanted, "").challenge())
        .isEqualTo(
            "Bearer error=\"insufficient_user_authentication\", max_age=\"300\","
                + " acr_values=\"gold platinum\"");
  }

  private static Optional<CompletionRefused> refusal(
      @Nullable FreshSignIn wanted,
      @Nullable Instant at,
      @Nullable String level,
      Decision decision) {
    ApprovalRequest request =
        Requests.proposed(Route.HUMAN_REVIEW, Optional.of(Requests.plan(null, wanted)));
    request.openStage("review", "instance-1", PROPOSED);
    Caller rita =
        new Caller(
            "subject-of-rita",
            "rita",
            Caller.Kind.PERSON,
            Set.of(Role.REVIEWER),
            Optional.empty(),
            new SignIn(PROPOSED, Optional.ofNullable(at), Optional.ofNullable(level)));
    FourEyes nobody = new FourEyes(List.of(), List.of());
    Attempt attempt = new Attempt(rita, request.stage("review"), nobody, PROPOSED);
    return Optional.ofNullable(
        catchThrowableOfType(
            CompletionRefused.class, () -> DecisionRules.requireSignIn(attempt, decision)));
  }
}
