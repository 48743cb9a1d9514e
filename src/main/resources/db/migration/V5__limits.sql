-- What is asked of the past when an agent proposes.

create index approval_request_rejected on approval_request (agent, action_digest)
  where status = 'rejected';
create index approval_request_rejected_as_decided on approval_request (agent, decided_digest)
  where status = 'rejected';

-- How much an agent has asked for in a run and on a day. An update of a row counts the last one.
create table running_total (
  agent         text           not null,
  action        text           not null,
  currency      text           not null,
  kind          text           not null check (kind in ('day', 'run')),
  name          text           not null,
  total         numeric(20, 2) not null,
  auto_approved numeric(20, 2) not null,
  primary key (agent, action, currency, kind, name),
  check (auto_approved >= 0 and total >= auto_approved)
);

-- What a request has added to the totals: written before the request itself, removed when it ends
-- without approval.
create table reservation (
  request_id    uuid primary key,
  agent         text           not null,
  action        text           not null,
  currency      text           not null,
  day           text           not null,
  run           text,
  amount        numeric(20, 2) not null,
  auto_approved boolean        not null
);

grant select, insert, update on running_total to ${applicationRole};
grant select, insert, update, delete on reservation to ${applicationRole};

-- How many requests of an agent are open, and how many it has sent in a minute.
create index approval_request_open on approval_request (agent) where closed_at is null;
create index approval_request_by_agent_and_time on approval_request (agent, created_at);

-- What operators tightened for a time. What was tightened, by whom and why, is written once.
create table operator_override (
  id                   uuid primary key,
  version              bigint      not null,
  scope                text        not null check (scope in ('all', 'action', 'run', 'agent')),
  target               text,
  route                text        not null check (route in ('human_review', 'escalate', 'block')),
  reason               text        not null,
  ends_at              timestamptz not null,
  placed_by            text        not null,
  placed_by_name       text        not null,
  placed_at            timestamptz not null,
  ending_reason        text,
  ending_asked_by      text,
  ending_asked_by_name text,
  ending_asked_at      timestamptz,
  ended_by             text,
  ended_by_name        text,
  ended_at             timestamptz,
  check ((target is null) = (scope = 'all')),
  check (ends_at > placed_at and ends_at <= placed_at + interval '30 days'),
  check (num_nulls(ended_by, ended_by_name, ended_at) in (0, 3)),
  check (ended_at is null or (ending_asked_by is not null and ended_by <> ending_asked_by))
);

create index operator_override_in_force on operator_override (ends_at) where ended_at is null;

create trigger closed_for_good before update on operator_override
  for each row when (old.ended_at is not null)
  execute function refuse_change();

grant select, insert on operator_override to ${applicationRole};
grant update (version, ending_reason, ending_asked_by, ending_asked_by_name, ending_asked_at,
  ended_by, ended_by_name, ended_at) on operator_override to ${applicationRole};
