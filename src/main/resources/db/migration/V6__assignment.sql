-- Who must not decide a request, who is away, and how much everybody has open.

-- People are compared by their Keycloak subject: a name can be changed, and given to somebody else.
-- Null where Keycloak did not know the name, or did not answer, when the request came in.
alter table approval_request
  add column owner_subject text,
  add column on_behalf_of text,
  add column on_behalf_of_subject text;

create table stage_hand_on (
  id           uuid primary key,
  request_id   uuid        not null references approval_request,
  stage_id     uuid        not null references stage,
  from_subject text        not null,
  to_subject   text        not null,
  at           timestamptz not null,
  check (from_subject <> to_subject)
);
comment on table stage_hand_on is
  'who handed a review on to whom: whoever asked for an action must not choose its decider';

create index stage_hand_on_by_request on stage_hand_on (request_id);

create trigger written_once before update or delete on stage_hand_on
  for each row execute function refuse_change();

create index stage_held on stage (assignee) where closed_at is null and assignee is not null;

create table absence (
  subject         text primary key,
  username        text        not null,
  starts_at       timestamptz not null,
  ends_at         timestamptz not null,
  backup_subject  text,
  backup_username text,
  check (starts_at < ends_at),
  check (backup_subject <> subject),
  check ((backup_subject is null) = (backup_username is null))
);
comment on table absence is 'one a person; what it was before is in the record';

grant select, insert on stage_hand_on to ${applicationRole};
grant select, insert, update, delete on absence to ${applicationRole};
