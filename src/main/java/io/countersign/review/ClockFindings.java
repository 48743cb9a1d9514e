package io.countersign.review;

import io.countersign.request.StageStatus;
import io.countersign.review.ClockFinding.Kind;
import io.countersign.shared.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
      Map.of(
          StageStatus.OPEN, ReviewStage.DEADLINE_PASSED,
          StageStatus.INFORMATION_REQUESTED, ReviewStage.INFORMATION_OVERDUE);

  private static final List<String> TASKS =
      List.of(ReviewStage.REVIEW_ACTION, ObjectionWindow.OBJECT_TO_ACTION);

  /**
   * A timer that failed is due again later, by the engine's retry cycle, whose longest step is six
   * hours. The engine keeps milliseconds, without a time zone.
   */
  private static final String QUERY =
      """
      with running as (
        select s.id, s.request_id, s.name, s.process_instance,
          coalesce(s.information_due, s.deadline) as ends,
          greatest(coalesce(s.information_due, s.deadline), r.deadline) as lapses,
          case s.status {timers} end as timer
        from stage s
        join approval_request r on r.id = s.request_id
        where s.status in ({running}) and {one}
      ), clock as (
        select c.*, i.id_ as instance, j.id_ as job, j.retries_, j.duedate_,
          i.suspension_state_ <> 1 or coalesce(chain.suspension_state_, 1) <> 1 as stopped,
          j.suspension_state_ <> 1 as paused,
          date_trunc('milliseconds', c.ends)::timestamp as due,
          greatest(c.ends, now())::timestamp + interval '6 hours 1 minute' as latest,
          j.exception_msg_ is not null or j.exception_stack_id_ is not null as failed,
          row_number() over (
            partition by c.id
            order by abs(extract(epoch from j.duedate_ - c.ends::timestamp)), j.retries_ desc, j.id_
          ) as nr
        from running c
        left join act_ru_execution i on i.id_ = c.process_instance
        left join act_ru_execution chain on chain.id_ = i.root_proc_inst_id_
        left join act_ru_job j on j.process_instance_id_ = c.process_instance
          and split_part(j.handler_cfg_, '$', 1) = c.timer
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
          end as kind, request_id, name, process_instance, job, ends, lapses
        from clock
        union all
        select 'task_without_stage', r.id, null, t.proc_inst_id_, null,
          coalesce(r.deadline, r.created_at), coalesce(r.deadline, r.created_at)
        from act_ru_task t
        join act_ru_execution i on i.id_ = t.proc_inst_id_
        join approval_request r on r.id = case
          when i.business_key_ ~ '^apr_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
          then substr(i.business_key_, 5)::uuid end
        where t.task_def_key_ in (:tasks) and {one} and not exists (
          select from stage s where s.process_instance = t.proc_inst_id_ and s.status = 'open')
        union all
        select 'request_without_stage', r.id, null, null, null,
          coalesce(r.deadline, r.created_at), coalesce(r.deadline, r.created_at)
        from approval_request r
        where r.status in ('pending', 'information_requested') and {one}
          and not exists (
            select from stage s where s.request_id = r.id and s.status in ({running}))
          and (
            not exists (
              select from stage s where s.request_id = r.id and s.status = 'waiting')
            or not exists (
              select from act_ru_execution i where i.business_key_ = 'apr_' || r.id))
      )
      select kind, 'apr_' || request_id as request, name, process_instance, job,
        to_char(ends at time zone 'UTC', {iso}) as ends,
        to_char(lapses at time zone 'UTC', {iso}) as lapses
      from found
      where kind is not null
      order by request_id
      """
          .replace("{timers}", timers())
          .replace("{running}", running())
          .replace("{iso}", "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'");

  private static final String ALL = QUERY.replace("{one}", "true");
  private static final String OF_ONE = QUERY.replace("{one}", "r.id = :request");

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
    return statement.param("tasks", TASKS).query().listOfRows().stream()
        .map(ClockFindings::finding)
        .toList();
  }

  private static ClockFinding finding(Map<String, Object> row) {
    return new ClockFinding(
        Kind.valueOf(String.valueOf(row.get("kind")).toUpperCase(Locale.ROOT)),
        RequestId.of(String.valueOf(row.get("request"))),
        (String) row.get("name"),
        (String) row.get("process_instance"),
        (String) row.get("job"),
        Instant.parse((String) row.get("ends")),
        Instant.parse((String) row.get("lapses")));
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
}
