package io.countersign.review;

import io.countersign.request.StageStatus;
import io.countersign.review.ClockFinding.Kind;
import io.countersign.shared.RequestId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares what our tables say with what the engine's say, all stages in one statement: it sees one
 * moment, and at every moment the two agree, because every transaction changes both.
 */
@Component
class ClockFindings {

  /** Which timer a stage of that status must have. */
  private static final Map<StageStatus, String> TIMERS =
      Map.of(StageStatus.OPEN, ReviewStage.DEADLINE_PASSED);

  /**
   * A timer that failed is due again later, by the engine's retry cycle, whose longest step is six
   * hours. The engine keeps milliseconds, without a time zone.
   */
  private static final String QUERY =
      """
      with running as (
        select s.id, s.request_id, s.name, s.status, s.process_instance, s.deadline as ends,
          case s.status %1$s end as timer
        from stage s
        where s.status in (%2$s) and %4$s
      ), clock as (
        select r.*, i.id_ as instance, j.id_ as job, j.retries_, j.duedate_,
          i.suspension_state_ <> 1 or coalesce(chain.suspension_state_, 1) <> 1 as stopped,
          j.suspension_state_ <> 1 as paused,
          date_trunc('milliseconds', r.ends)::timestamp as due,
          greatest(r.ends, now())::timestamp + interval '6 hours 1 minute' as latest,
          j.exception_msg_ is not null or j.exception_stack_id_ is not null as failed,
          row_number() over (
            partition by r.id
            order by abs(extract(epoch from j.duedate_ - r.ends::timestamp)), j.retries_ desc, j.id_
          ) as nr
        from running r
        left join act_ru_execution i on i.id_ = r.process_instance
        left join act_ru_execution chain on chain.id_ = i.root_proc_inst_id_
        left join act_ru_job j on j.process_instance_id_ = r.process_instance
          and split_part(j.handler_cfg_, '$', 1) = r.timer
      ), found as (
        select
          case
            when instance is null then 'process_gone'
            when stopped then 'process_suspended'
            when job is null then 'timer_missing'
            when nr > 1 then 'timer_duplicate'
            when paused then 'timer_suspended'
            when retries_ <= 0 then 'timer_exhausted'
            when duedate_ is distinct from due
              and not (failed and duedate_ between due and latest) then 'timer_misdated'
          end as kind, request_id, name, process_instance, job, ends
        from clock
        union all
        select 'task_without_stage', r.id, null, t.proc_inst_id_, null, r.deadline
        from act_ru_task t
        join act_ru_execution i on i.id_ = t.proc_inst_id_
        join approval_request r on r.id = case
          when i.business_key_ ~ '^apr_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
          then substr(i.business_key_, 5)::uuid end
        where t.task_def_key_ = :task and %5$s and not exists (
          select from stage s where s.process_instance = t.proc_inst_id_ and s.status = 'open')
        union all
        select 'request_without_stage', r.id, null, null, null, r.deadline
        from approval_request r
        where r.status in (%3$s) and %5$s and not exists (
          select from stage s where s.request_id = r.id and s.status in (%2$s))
      )
      select kind, request_id, name, process_instance, job, ends from found
      where kind is not null
      order by request_id
      """;

  private static final String ALL = QUERY.formatted(timers(), running(), open(), "true", "true");
  private static final String OF_ONE =
      QUERY.formatted(timers(), running(), open(), "s.request_id = :request", "r.id = :request");

  private final JdbcClient jdbc;

  ClockFindings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Everything that is wrong now. */
  List<ClockFinding> all() {
    return findings(jdbc.sql(ALL));
  }

  /** What is wrong with one request now. */
  List<ClockFinding> of(RequestId request) {
    return findings(jdbc.sql(OF_ONE).param("request", request.uuid()));
  }

  private static List<ClockFinding> findings(JdbcClient.StatementSpec statement) {
    return statement
        .param("task", ReviewStage.REVIEW_ACTION)
        .query(
            (row, number) ->
                new ClockFinding(
                    Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    new RequestId(row.getObject("request_id", UUID.class)),
                    row.getString("name"),
                    row.getString("process_instance"),
                    row.getString("job"),
                    row.getObject("ends", OffsetDateTime.class).toInstant()))
        .list();
  }

  private static String timers() {
    return TIMERS.entrySet().stream()
        .map(timer -> "when '" + timer.getKey().wire() + "' then '" + timer.getValue() + "'")
        .collect(Collectors.joining(" "));
  }

  private static String running() {
    return TIMERS.keySet().stream()
        .map(status -> "'" + status.wire() + "'")
        .collect(Collectors.joining(", "));
  }

  private static String open() {
    return "'pending'";
  }
}
