package io.countersign.request;

import io.countersign.shared.ActionDigest;
import io.countersign.shared.Route;
import io.countersign.shared.Tightening;
import io.countersign.shared.WireName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Rows are counted up to a limit only; the row at the limit tells that it is reached. */
  private static final String BEFORE =
      """
      select
        exists (
          select from approval_request
          where agent = :agent and status = 'rejected'
            and (action_digest = :digest or decided_digest = :digest)
            and (closed_at > :rejectedSince or run_id = :run)) as rejected_before,
        exists (
          select from approval_request
          where agent = :agent and closed_at is null
          offset :open - 1) as all_open,
        (select created_at from approval_request
          where agent = :agent and created_at > :minuteAgo
          order by created_at desc
          offset :perMinute - 1 limit 1) as counted_from,
        array(
          select route || ' ' || reason from operator_override
          where ended_at is null and ends_at > :now and (
            scope = 'all'
            or scope = 'action' and target = :action
            or scope = 'agent' and target = :agent
            or scope = 'run' and target = :run
            or scope = 'policy' and target = :policy)
          order by placed_at) as overrides
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  AgentHistory(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What an agent is about to do.
   *
   * @param policy the version of the policy that would decide
   * @param limits how much it may
   */
  public record Attempt(
      String agent,
      String action,
      ActionDigest digest,
      Optional<String> run,
      String policy,
      Limits limits) {}

  /**
   * How much of people's attention an agent may take.
   *
   * @param openRequests at most so many that are not closed
   * @param proposalsPerMinute at most so many, whatever became of them
   */
  public record Limits(int openRequests, int proposalsPerMinute) {

    /** Refuses limits that would let nothing pass. */
    public Limits {
      if (openRequests < 1 || proposalsPerMinute < 1) {
        throw new IllegalArgumentException("expected limits of 1 or more");
      }
    }
  }

  /**
   * What came before.
   *
   * @param rejectedBefore whether people rejected exactly this for the agent, in the same run at
   *     any time, or in another one within a day
   * @param hasAllOpen whether as many requests are open as may be
   * @param pause how long until the next proposal, where there were too many in the last minute
   * @param overrides what operators tightened
   */
  public record Before(
      boolean rejectedBefore,
      boolean hasAllOpen,
      Optional<Duration> pause,
      List<Tightening> overrides) {}

  /** What came before an attempt. */
  public Before of(Attempt attempt) {
    Instant now = clock.instant();
    return jdbc.sql(BEFORE)
        .param("agent", attempt.agent())
        .param("action", attempt.action())
        .param("digest", attempt.digest().value())
        .param("run", attempt.run().orElse(null))
        .param("policy", attempt.policy())
        .param("now", Timestamp.from(now))
        .param("rejectedSince", Timestamp.from(now.minus(REJECTION_HOLDS)))
        .param("minuteAgo", Timestamp.from(now.minus(MINUTE)))
        .param("open", attempt.limits().openRequests())
        .param("perMinute", attempt.limits().proposalsPerMinute())
        .query((row, number) -> before(row, now))
        .single();
  }

  private static Before before(ResultSet row, Instant now) throws SQLException {
    String[] overrides = (String[]) row.getArray("overrides").getArray();
    return new Before(
        row.getBoolean("rejected_before"),
        row.getBoolean("all_open"),
        Optional.ofNullable(row.getTimestamp("counted_from"))
            .map(from -> Duration.between(now, from.toInstant().plus(MINUTE))),
        Arrays.stream(overrides).map(AgentHistory::tightening).toList());
  }

  private static Tightening tightening(String text) {
    int space = text.indexOf(' ');
    Route route = WireName.parse(Route.class, text.substring(0, space));
    return new Tightening(route, text.substring(space + 1));
  }
}
