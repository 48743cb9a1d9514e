-- What agents and executors say became of an approved action: claims, each written once.

create table outcome_report (
  id          uuid primary key,
  request_id  uuid        not null references approval_request,
  reporter    text        not null,
  result      text        not null,
  state_after text,
  error       text,
  created_at  timestamptz not null
);

create index outcome_report_by_request on outcome_report (request_id, id);

create trigger written_once before update or delete on outcome_report
  for each row execute function refuse_change();

grant select, insert on outcome_report to ${applicationRole};
