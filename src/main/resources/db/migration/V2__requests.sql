-- What agents proposed and what people said of it. Content is written once: the triggers below hold
-- even for the owner, the missing rights hold for the application.

create table approval_request (
  id              uuid primary key,
  version         bigint      not null,
  agent           text        not null,
  owner           text,
  idempotency_key text        not null,
  body_digest     text        not null,
  action          text        not null,
  action_digest   text        not null,
  route           text        not null,
  mode            text        not null,
  severity        text,
  reversible      boolean,
  urgency         text        not null,
  pattern         text        not null,
  policy_version  text        not null,
  reasons         text        not null,
  chain           text,
  run_id          text,
  external_id     text,
  callback        text,
  revises         uuid,
  headline        text        not null,
  status          text        not null,
  created_at      timestamptz not null,
  changes         bigint      not null,
  deadline        timestamptz,
  closed_at       timestamptz,
  decided_digest  text,
  decided_by      text,
  decision_reason text,
  fallback        text,
  plan            text,
  grant_id        uuid,
  unique (agent, idempotency_key)
);

create index approval_request_by_agent on approval_request (agent, id desc);
create index approval_request_by_status on approval_request (status, id desc);
create index approval_request_by_action on approval_request (action, id desc);

create table action_content (
  request_id  uuid        not null references approval_request,
  digest      text        not null,
  content     bytea       not null,
  proposed_by text        not null,
  created_at  timestamptz not null,
  primary key (request_id, digest)
);

create table handoff (
  request_id uuid primary key references approval_request,
  body       bytea not null
);
comment on column handoff.body is 'the request body exactly as received, gzip';

create table stage (
  id          uuid primary key,
  version     bigint      not null,
  request_id  uuid        not null references approval_request,
  position    int         not null,
  name        text        not null,
  process_instance text    not null unique,
  kind        text        not null,
  role        text        not null,
  escalations int         not null,
  status      text        not null,
  assignee    text,
  opened_at   timestamptz not null,
  deadline    timestamptz not null,
  reminders   int         not null,
  closed_at   timestamptz,
  unique (request_id, name)
);

create table vote (
  id             uuid primary key,
  request_id     uuid        not null references approval_request,
  stage_id       uuid        not null references stage,
  person         text        not null,
  person_name    text        not null,
  role           text        not null,
  decision       text        not null,
  action_digest  text        not null,
  reason         text,
  created_at     timestamptz not null,
  unique (stage_id)
);
comment on constraint vote_stage_id_key on vote is
  'one decision a review task: the last line of defence when two people decide at once';

create index vote_by_request on vote (request_id);
create index vote_by_person on vote (person, created_at desc);

create table audit_entry (
  seq        bigint generated always as identity primary key,
  created_at timestamptz not null,
  type       text        not null,
  request_id uuid,
  actor      text        not null,
  facts      text        not null
);

create index audit_entry_by_request on audit_entry (request_id, seq);

create table delivery (
  id              text collate "C" primary key,
  endpoint        text        not null,
  type            text        not null,
  request_id      uuid,
  body            bytea       not null,
  status          text        not null,
  attempts        int         not null,
  next_attempt_at timestamptz not null,
  created_at      timestamptz not null,
  closed_at       timestamptz,
  last_status     int,
  last_error      text
);

create index delivery_due on delivery (endpoint, next_attempt_at) where status = 'pending';
create index delivery_by_status on delivery (status, id desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is written once', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger written_once before update or delete on action_content
  for each row execute function refuse_change();
create trigger written_once before update or delete on handoff
  for each row execute function refuse_change();
create trigger written_once before update or delete on vote
  for each row execute function refuse_change();
create trigger written_once before update or delete on audit_entry
  for each row execute function refuse_change();
create trigger not_truncated before truncate on audit_entry
  for each statement execute function refuse_change();

-- Waiting agents and the sender wake on commit, on every node.
create function tell_request_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('countersign_request', new.id::text);
  return null;
end $$;

create trigger tell_changed after update on approval_request
  for each row when (old.version is distinct from new.version)
  execute function tell_request_changed();

create function tell_delivery_due() returns trigger language plpgsql as $$
begin
  perform pg_notify('countersign_delivery', '');
  return null;
end $$;

create trigger tell_due after insert on delivery
  for each row execute function tell_delivery_due();

-- What was proposed, by whom and under which policy never changes; how it ended, once it has, neither.
create function refuse_reopening() returns trigger language plpgsql as $$
begin
  raise exception 'request % is closed', old.id using errcode = 'insufficient_privilege';
end $$;

create trigger closed_for_good before update on approval_request
  for each row when (old.closed_at is not null)
  execute function refuse_reopening();

grant select, insert on approval_request, stage to ${applicationRole};
grant update (version, changes, status, closed_at, decided_digest, decided_by, decision_reason,
  fallback, grant_id) on approval_request to ${applicationRole};
grant update (version, status, assignee, reminders, escalations, closed_at)
  on stage to ${applicationRole};
grant select, insert, update on delivery to ${applicationRole};
grant select, insert on action_content, handoff, vote, audit_entry to ${applicationRole};
