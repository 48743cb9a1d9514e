package io.countersign.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A review as agents and people read it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageView(
    UUID id,
    String name,
    StageKind kind,
    Role role,
    List<Role> escalatedTo,
    StageStatus status,
    @Nullable String assignee,
    Instant deadline,
    List<VoteView> votes) {

  /** What one person said. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VoteView(
      String by,
      Decision decision,
      ActionDigest actionDigest,
      @Nullable String reason,
      Instant at) {

    static VoteView of(Vote vote) {
      return new VoteView(
          vote.personName(), vote.decision(), vote.digest(), vote.reason().orElse(null), vote.at());
    }
  }

  static StageView of(Stage stage) {
    return new StageView(
        stage.id(),
        stage.name(),
        stage.kind(),
        stage.role(),
        stage.escalatedTo(),
        stage.status(),
        stage.assignee().orElse(null),
        stage.deadline(),
        stage.vote().map(VoteView::of).stream().toList());
  }
}
