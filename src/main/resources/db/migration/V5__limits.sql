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
