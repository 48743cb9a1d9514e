package io.countersign.request;

import io.countersign.shared.ActionDigest;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What came before a proposal, read in one statement. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class AgentHistory {

  private static final Duration REJECTION_HOLDS = Duration.ofHours(24);

  private static final String BEFORE =
      """
      select exists (
        select from approval_request
        where agent = :agent and status = 'rejected'
          and (action_digest = :digest or decided_digest = :digest)
          and (closed_at > :rejectedSince or run_id = :run)) as rejected_before
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  AgentHistory(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What came before.
   *
   * @param rejectedBefore whether people rejected exactly this for the agent, in the same run at
   *     any time, or in another one within a day
   */
  public record Before(boolean rejectedBefore) {}

  /** What came before an agent proposes an action in a run. */
  public Before of(String agent, ActionDigest digest, Optional<String> run) {
    Instant now = clock.instant();
    return jdbc.sql(BEFORE)
        .param("agent", agent)
        .param("digest", digest.value())
        .param("run", run.orElse(null))
        .param("rejectedSince", Timestamp.from(now.minus(REJECTION_HOLDS)))
        .query((row, number) -> new Before(row.getBoolean("rejected_before")))
        .single();
  }
}
