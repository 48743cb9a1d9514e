-- What waits for people, a row for each role that is asked. The inbox puts reviews in order by nothing
-- else. A trigger keeps it, in the transaction of the change, so it cannot disagree with the stages.

create table inbox_row (
  role       text        not null,
  rank       smallint    not null,
  deadline   timestamptz not null,
  stage_id   uuid        not null,
  request_id uuid        not null,
  action     text        not null,
  part       text        not null,
  assignee   text,
  parties    text[]      not null,
  primary key (role, rank, deadline, stage_id)
);
comment on column inbox_row.rank is 'by consequence: 0 high and irreversible, 1 high, 2 low and irreversible, 3 low';
comment on column inbox_row.parties is 'who is behind the request and must not decide it: subjects, names where none is known';
create index inbox_row_by_stage on inbox_row (stage_id);

create function keep_inbox() returns trigger language plpgsql as $$
declare
  asked text[];
  before text[];
begin
  with gone as (delete from inbox_row where stage_id = new.id returning role)
  select array_agg(role) into before from gone;
  with added as (
    insert into inbox_row
    select distinct role, case when r.severity = 'high' then 0 else 2 end + case when r.reversible then 1 else 0 end,
      new.deadline, new.id, r.id, r.action, new.part, new.assignee,
      array_remove(array[
        coalesce('sub:' || r.owner_subject, 'name:' || lower(r.owner)),
        coalesce('sub:' || r.on_behalf_of_subject, 'name:' || lower(r.on_behalf_of))], null)
    from approval_request r,
      unnest(string_to_array(new.roles, ',')
        || (string_to_array(new.escalation_path, ','))[1:new.escalations]) as role
    where r.id = new.request_id and r.closed_at is null and new.status = 'open' and new.kind = 'person'
    returning role)
  select array_agg(role) into asked from added;
  perform pg_notify('countersign_inbox', role)
  from (select unnest(before) as role union select unnest(asked)) changed;
  return null;
end $$;

create trigger keep_inbox after insert on stage
  for each row when (new.status = 'open') execute function keep_inbox();
create trigger keep_inbox_current after update on stage
  for each row when (
    (old.status, old.roles, old.escalations, old.assignee, old.deadline, old.round)
    is distinct from (new.status, new.roles, new.escalations, new.assignee, new.deadline, new.round))
  execute function keep_inbox();

grant select, insert, delete on inbox_row to ${applicationRole};

-- What is open already.
insert into inbox_row
select distinct role, case when r.severity = 'high' then 0 else 2 end + case when r.reversible then 1 else 0 end,
  s.deadline, s.id, r.id, r.action, s.part, s.assignee,
  array_remove(array[
    coalesce('sub:' || r.owner_subject, 'name:' || lower(r.owner)),
    coalesce('sub:' || r.on_behalf_of_subject, 'name:' || lower(r.on_behalf_of))], null)
from stage s join approval_request r on r.id = s.request_id,
  unnest(string_to_array(s.roles, ',') || (string_to_array(s.escalation_path, ','))[1:s.escalations]) as role
where r.closed_at is null and s.status = 'open' and s.kind = 'person';
