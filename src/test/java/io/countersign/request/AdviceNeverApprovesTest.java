package io.countersign.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.request.Vote.Ballot;
import io.countersign.request.Vote.Voter;
import io.countersign.shared.ReviewPlan;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.StageKind;
import io.countersign.shared.StagePlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever registered reviewers say: without the people that are owed there is no approval. */
class AdviceNeverApprovesTest {

  private static final Instant LATER = Requests.PROPOSED.plusSeconds(60);
  private static final List<Decision> WORDS =
      List.of(Decision.PASS, Decision.WARN, Decision.VETO, Decision.APPROVE, Decision.REJECT);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdsForRandomMixesOfStagesAndVotes(int seed) {
    Random random = new Random(seed);
    int approvals = 0;
    for (int i = 0; i < 500; i++) {
      ApprovalRequest request = request(random);
      request.stages().forEach(stage -> happens(request, stage, random));

      Optional<Status> outcome = concluded(request);

      boolean approvable = allPeopleApprove(request) && saidBy(request, Decision.VETO) == 0;
      assertThat(outcome.filter(Status::isApproved).isPresent()).isEqualTo(approvable);
      assertThat(request.grantId().isPresent()).isEqualTo(approvable);
      assertThat(request.holdsApproval()).isEqualTo(approvable);
      if (saidBy(request, Decision.VETO) > 0) {
        assertThat(outcome).contains(Status.REJECTED);
      }
      approvals += approvable ? 1 : 0;
    }
    assertThat(approvals).as("the property is not empty").isPositive();
  }

  private static ApprovalRequest request(Random random) {
    List<StagePlan> stages = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      stages.add(
          random.nextInt(3) > 0
              ? new StagePlan(
                  "check-" + i, StageKind.AI, 1, List.of(), List.of(), 1, 1, "content-checker")
              : StagePlan.of("review-" + i, Role.REVIEWER, List.of()));
    }
    ReviewPlan plan = Requests.plan().withStages(stages);
    return Requests.proposed(Route.HUMAN_REVIEW, Optional.of(plan));
  }

  /** Never asked, silent to the end, still open, or one word, also one that is not its kind's. */
  private static void happens(ApprovalRequest request, Stage stage, Random random) {
    int what = random.nextInt(10);
    if (what == 0) {
      return;
    }
    request.openStage(stage.name(), "instance-" + stage.name(), Requests.PROPOSED);
    if (what == 1) {
      stage.expire(LATER);
    } else if (what > 2) {
      Decision word = what < 7 ? likely(stage) : WORDS.get(random.nextInt(WORDS.size()));
      try {
        stage.decide(voter(stage), Ballot.of(word, Requests.digest("240.00"), "because"), LATER);
      } catch (NotPossibleNow refused) {
        assertThat(word.isMachines()).isNotEqualTo(stage.kind() == StageKind.AI);
      }
    }
  }

  private static Decision likely(Stage stage) {
    return stage.kind() == StageKind.AI ? Decision.PASS : Decision.APPROVE;
  }

  private static Voter voter(Stage stage) {
    return stage.kind() == StageKind.AI
        ? new Voter("subject-of-service", "content-checker", Role.AI_REVIEWER)
        : Requests.rita();
  }

  private static Optional<Status> concluded(ApprovalRequest request) {
    try {
      return Optional.of(request.conclude(LATER));
    } catch (NotPossibleNow somebodyIsOwed) {
      return Optional.empty();
    }
  }

  /** At least one person was owed, every one of them approved, and no service is still asked. */
  private static boolean allPeopleApprove(ApprovalRequest request) {
    List<Stage> people =
        request.stages().stream().filter(stage -> stage.kind() == StageKind.PERSON).toList();
    return !people.isEmpty()
        && people.stream()
            .allMatch(
                stage ->
                    stage.vote().filter(vote -> vote.decision() == Decision.APPROVE).isPresent())
        && request.stages().stream()
            .filter(stage -> stage.kind() == StageKind.AI)
            .noneMatch(stage -> stage.vote().isEmpty() && stage.status() != StageStatus.EXPIRED);
  }

  private static long saidBy(ApprovalRequest request, Decision word) {
    return request.stages().stream()
        .flatMap(stage -> stage.votes().stream())
        .filter(vote -> vote.decision() == word)
        .count();
  }
}
