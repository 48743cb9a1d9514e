package io.countersign.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Role;
import io.countersign.shared.StageKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A review as agents and people read it.
 *
 * @param role the first of {@code roles}; absent for a registered reviewer
 * @param deadline absent while it waits for its turn
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageView(
    UUID id,
    String name,
    String part,
    StageKind kind,
    int step,
    int quorum,
    @Nullable Role role,
    List<Role> roles,
    List<Role> escalatedTo,
    @Nullable String reviewer,
    StageStatus status,
    @Nullable String assignee,
    @Nullable Instant deadline,
    List<VoteView> votes,
    List<HandoverView> handovers) {

  /** What one person, or a registered reviewer, said. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VoteView(
      String by,
      Decision decision,
      ActionDigest actionDigest,
      @Nullable String option,
      @Nullable String answer,
      @Nullable String reason,
      Instant at) {

    static VoteView of(Vote vote) {
      return new VoteView(
          vote.personName(),
          vote.decision(),
          vote.digest(),
          vote.option().orElse(null),
          vote.answer().orElse(null),
          vote.reason().orElse(null),
          vote.at());
    }
  }

  /** That it was left to somebody else. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HandoverView(
      String by,
      Decision decision,
      @Nullable Role role,
      @Nullable String to,
      @Nullable String reason,
      Instant at) {

    static HandoverView of(Handover handover) {
      return new HandoverView(
          handover.personName(),
          handover.decision(),
          handover.role().orElse(null),
          handover.recipient().orElse(null),
          handover.reason().orElse(null),
          handover.at());
    }
  }

  static StageView of(Stage stage) {
    boolean asked = stage.status() != StageStatus.WAITING && stage.round() > 0;
    return new StageView(
        stage.id(),
        stage.name(),
        stage.part(),
        stage.kind(),
        stage.step(),
        stage.quorum(),
        stage.roles().stream().findFirst().orElse(null),
        stage.roles(),
        stage.escalatedTo(),
        stage.reviewer().orElse(null),
        stage.status(),
        stage.assignee().orElse(null),
        asked ? stage.clockEnds() : null,
        stage.votes().stream().map(VoteView::of).toList(),
        stage.request().handovers().stream()
            .filter(handover -> handover.stage().equals(stage))
            .map(HandoverView::of)
            .toList());
  }
}
