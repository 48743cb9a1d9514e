package io.countersign.shared;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One stage that a request owes: who looks, how many of them have to agree, and when its turn is.
 *
 * @param name lower-case letters, digits and hyphens; a chain calls the stage by it
 * @param kind whether people or a registered reviewer look
 * @param step stages of the same step are asked at the same time, lower steps first
 * @param roles any of them may decide; empty for a registered reviewer
 * @param escalationPath the roles asked as well, in order, when nobody answers
 * @param quorum how many different people have to approve
 * @param seats how many may be at it at the same time; at least the quorum
 * @param reviewer the client id of the registered reviewer; only for that kind
 */
public record StagePlan(
    String name,
    StageKind kind,
    int step,
    List<Role> roles,
    List<Role> escalationPath,
    int quorum,
    int seats,
    @Nullable String reviewer) {

  /** The name of the only stage where a plan says nothing else. */
  public static final String REVIEW = "review";

  /** The name of the stage in which people may object to what policy approved. */
  public static final String OBJECTION = "objection";

  /** Takes copies of the lists and refuses what could never be satisfied. */
  public StagePlan {
    roles = List.copyOf(roles);
    escalationPath = List.copyOf(escalationPath);
    if (quorum < 1 || seats < quorum) {
      throw new IllegalArgumentException(
          "stage " + name + ": expected 1 <= quorum <= seats, found " + quorum + " of " + seats);
    }
    if (kind == StageKind.PERSON && roles.isEmpty()) {
      throw new IllegalArgumentException("stage " + name + ": expected a role");
    }
    if (kind == StageKind.AI && reviewer == null) {
      throw new IllegalArgumentException("stage " + name + ": expected a registered reviewer");
    }
  }

  /** A stage in which one person of one role decides. */
  public static StagePlan of(String name, Role role, List<Role> escalationPath) {
    return new StagePlan(name, StageKind.PERSON, 1, List.of(role), escalationPath, 1, 1, null);
  }

  /** The names under which the chain asks: the stage's own, or one a seat. */
  public List<String> seatNames() {
    return seats == 1
        ? List.of(name)
        : IntStream.rangeClosed(1, seats).mapToObj(seat -> name + "-" + seat).toList();
  }
}
