package io.countersign.review;

import static io.countersign.request.Requests.PROPOSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.identity.Caller;
import io.countersign.identity.SignIn;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.Requests;
import io.countersign.shared.Role;
import io.countersign.shared.StageKind;
import io.countersign.shared.StagePlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final ApprovalRequest request = Requests.underReview();
  private final Caller rita = reviewer("rita");

  @Test
  void namesTheOpenStageToWhoeverMayDecideIt() {
    assertThat(turns(rita)).containsExactly("review");
    assertThat(turns(person("fiona", Role.FINANCE_APPROVER))).isEmpty();
  }

  @Test
  void leavesAStageToWhoHasTakenIt() {
    request.stage("review").assignTo("rita");

    assertThat(turns(rita)).containsExactly("review");
    assertThat(turns(reviewer("raj"))).isEmpty();
  }

  @Test
  void namesNothingToWhoAnswersForTheAgentOrIsActedFor() {
    assertThat(turns(reviewer("mona"))).isEmpty();
    assertThat(at(PROPOSED).of(rita, request, Optional.of("rita"))).isEmpty();
  }

  @Test
  void namesNothingAfterTheDeadline() {
    assertThat(at(PROPOSED.plus(Duration.ofHours(2))).of(rita, request, Optional.empty()))
        .isEmpty();
  }

  @Test
  void namesTheStageAlsoToASignInThatIsToBeRenewed() {
    assertThat(at(PROPOSED.plus(Duration.ofMinutes(30))).of(rita, request, Optional.empty()))
        .containsExactly("review");
  }

  @Test
  void namesOneSeatOfAStageThatSeveralDecideTogetherTheirOwnFirst() {
    List<Role> roles = List.of(Role.REVIEWER);
    request.owe(new StagePlan("board", StageKind.PERSON, 1, roles, List.of(), 2, 3, null));
    request.openStage("board-1", "instance-2", PROPOSED);
    request.openStage("board-2", "instance-3", PROPOSED);

    assertThat(turns(rita)).containsExactly("review", "board-1");
    request.stage("board-2").assignTo("rita");
    assertThat(turns(rita)).containsExactly("board-2", "review");
  }

  private List<String> turns(Caller caller) {
    return at(PROPOSED).of(caller, request, Optional.empty());
  }

  private static Turns at(Instant now) {
    return new Turns(Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Caller reviewer(String name) {
    return person(name, Role.REVIEWER);
  }

  private static Caller person(String name, Role role) {
    return new Caller(
        "subject-" + name,
        name,
        Caller.Kind.PERSON,
        Set.of(role),
        Optional.empty(),
        SignIn.justNow(PROPOSED));
  }
}
