-- Who must not decide a request, who is away, and how much everybody has open.

-- People are compared by their Keycloak subject: a name can be changed, and given to somebody else.
-- Null where Keycloak did not know the name, or did not answer, when the request came in.
alter table approval_request
  add column owner_subject text,
  add column on_behalf_of text,
  add column on_behalf_of_subject text;

alter table handover add column recipient_subject text;
comment on column handover.recipient_subject is
  'whoever is behind a request must not choose who decides it';

-- Set where a rule gave the review to somebody, who has not asked for it.
alter table stage add column given_at timestamptz;

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

grant update (given_at) on stage to ${applicationRole};
grant select, insert, update, delete on absence to ${applicationRole};
