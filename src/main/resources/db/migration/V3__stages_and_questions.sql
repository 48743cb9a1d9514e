-- Requests owe stages from the moment they are proposed; stages are asked again when an edit voids
-- what was approved, change hands, and stand still while the agent owes an answer.

alter table approval_request add column current_digest text;
alter table approval_request disable trigger closed_for_good;
update approval_request set current_digest = coalesce(decided_digest, action_digest);
alter table approval_request enable trigger closed_for_good;
alter table approval_request alter column current_digest set not null;

alter table stage rename column role to roles;
alter table stage add column part text;
alter table stage add column step int not null default 1;
alter table stage add column quorum int not null default 1;
alter table stage add column round int not null default 1;
alter table stage add column escalation_path text;
alter table stage add column reviewer text;
alter table stage add column paused_at timestamptz;
alter table stage add column information_due timestamptz;
update stage s set
  part = name,
  escalation_path = coalesce(
    (select string_agg(path.role, ',' order by path.nr)
     from approval_request r,
       jsonb_array_elements_text(r.plan::jsonb -> 'escalationPath') with ordinality as path (role, nr)
     where r.id = s.request_id), '');
alter table stage alter column part set not null;
alter table stage alter column escalation_path set not null;
alter table stage alter column step drop default;
alter table stage alter column quorum drop default;
alter table stage alter column round drop default;
alter table stage alter column process_instance drop not null;
alter table stage alter column opened_at drop not null;
alter table stage alter column deadline drop not null;

alter table vote drop constraint vote_stage_id_key;
alter table vote add column round int not null default 1;
alter table vote alter column round drop default;
alter table vote add column option text;
alter table vote add column answer text;
alter table vote add constraint vote_stage_id_round_key unique (stage_id, round);
comment on constraint vote_stage_id_round_key on vote is
  'one decision each time a stage is asked: the last line of defence when two people decide at once';

create table question (
  id          uuid primary key,
  request_id  uuid        not null references approval_request,
  stage_id    uuid        not null references stage,
  person      text        not null,
  person_name text        not null,
  question    text        not null,
  asked_at    timestamptz not null,
  due_at      timestamptz not null,
  answer      text,
  answered_by text,
  closed_at   timestamptz
);

create index question_by_request on question (request_id);

create table handover (
  id          uuid primary key,
  request_id  uuid        not null references approval_request,
  stage_id    uuid        not null references stage,
  person      text        not null,
  person_name text        not null,
  decision    text        not null,
  role        text,
  recipient   text,
  reason      text,
  created_at  timestamptz not null
);

create index handover_by_request on handover (request_id);

create trigger written_once before update or delete on handover
  for each row execute function refuse_change();
create trigger closed_for_good before update on question
  for each row when (old.closed_at is not null)
  execute function refuse_change();

-- Within its objection window an approval can be called back; nothing else reopens a request.
drop trigger closed_for_good on approval_request;
create trigger closed_for_good before update on approval_request
  for each row when (old.closed_at is not null
    and not (old.mode = 'objection_window' and old.status = 'approved' and new.status = 'revoked'))
  execute function refuse_reopening();

grant update (current_digest, deadline) on approval_request to ${applicationRole};
grant update (process_instance, roles, round, opened_at, deadline, paused_at, information_due)
  on stage to ${applicationRole};
grant select, insert on question, handover to ${applicationRole};
grant update (answer, answered_by, closed_at) on question to ${applicationRole};
