package io.countersign.request;

import io.countersign.shared.ActionDigest;
import io.countersign.shared.StageKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the votes cast so far amount to. Silence, a process that went elsewhere, or a vote about
 * another version of the action never count as an approval.
 *
 * @param current the content that is proposed now: the agent's, or the last edit of it
 */
record Tally(List<Stage> stages, ActionDigest current) {

  /** The outcome; nothing as long as somebody is still owed. */
  Optional<Status> outcome(ActionDigest proposed) {
    if (anyVote(Vote::rejects)) {
      return Optional.of(Status.REJECTED);
    }
    if (anyVote(vote -> vote.decision() == Decision.REVISE)) {
      return Optional.of(Status.REVISION_REQUESTED);
    }
    if (anyVote(Vote::answers)) {
      return Optional.of(Status.ANSWERED);
    }
    if (stages.stream().anyMatch(Tally::ranOut)) {
      return Optional.of(Status.EXPIRED);
    }
    if (!approved()) {
      return Optional.empty();
    }
    return Optional.of(current.equals(proposed) ? Status.APPROVED : Status.APPROVED_WITH_EDITS);
  }

  /** Whether people approved this very content everywhere, and at least one of them did. */
  boolean approved() {
    return stages.stream().anyMatch(stage -> stage.kind() == StageKind.PERSON)
        && stages.stream().allMatch(stage -> isSatisfied(stage.part()));
  }

  /** Whether enough different people approved this very content in that part. */
  boolean isSatisfied(String part) {
    List<Stage> seats = stages.stream().filter(stage -> stage.part().equals(part)).toList();
    return !seats.isEmpty() && seats.stream().allMatch(Tally::isAdvice)
        ? seats.stream()
            .allMatch(seat -> seat.status() != StageStatus.WAITING && !seat.status().isRunning())
        : approvers(seats) >= seats.stream().mapToInt(Stage::quorum).max().orElse(1);
  }

  private long approvers(List<Stage> seats) {
    return seats.stream()
        .filter(seat -> seat.approves(current))
        .flatMap(seat -> seat.votes().stream())
        .filter(vote -> vote.approves() && vote.digest().equals(current))
        .map(Vote::person)
        .distinct()
        .count();
  }

  /** The vote that says most about how it ended. */
  Optional<Vote> deciding(Status outcome) {
    List<Vote> all = decidingAll(outcome);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** The votes that made it end like that, in order. */
  List<Vote> decidingAll(Status outcome) {
    Predicate<Vote> says =
        switch (outcome) {
          case REJECTED, REVOKED -> Vote::rejects;
          case REVISION_REQUESTED -> vote -> vote.decision() == Decision.REVISE;
          case ANSWERED -> Vote::answers;
          case APPROVED, APPROVED_WITH_EDITS ->
              vote -> vote.approves() && vote.digest().equals(current);
          case PENDING, INFORMATION_REQUESTED, EXPIRED, WITHDRAWN, BLOCKED -> vote -> false;
        };
    return stages.stream()
        .flatMap(stage -> stage.votes().stream())
        .filter(says)
        .sorted(Comparator.comparing(Vote::at))
        .toList();
  }

  private boolean anyVote(Predicate<Vote> says) {
    return stages.stream().flatMap(stage -> stage.votes().stream()).anyMatch(says);
  }

  /** A registered reviewer that stays silent stops nothing: people are still owed. */
  private static boolean ranOut(Stage stage) {
    return stage.status() == StageStatus.EXPIRED && !isAdvice(stage);
  }

  private static boolean isAdvice(Stage stage) {
    return stage.kind() == StageKind.AI;
  }
}
