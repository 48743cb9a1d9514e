-- What agents and people wrote is sealed with a key of its own for each request. Destroying the key erases
-- it: here, in the write-ahead log and in backups. What was written before stays as it is, behind a byte 0.

create table content_key (
  request_id uuid  primary key,
  master     text,
  wrapped    bytea,
  check ((master is null) = (wrapped is null))
);
comment on column content_key.master is 'which key outside of the database wraps it; null once it is destroyed';
create index content_key_by_master on content_key (master);

grant select, insert, update (master, wrapped) on content_key to ${applicationRole};

create function as_written(content text) returns bytea language sql immutable as
  $$ select '\x00'::bytea || convert_to(content, 'UTF8') $$;

alter table approval_request alter column headline type bytea using as_written(headline);
alter table approval_request alter column reasons type bytea using as_written(reasons);
alter table approval_request alter column decision_reason type bytea using as_written(decision_reason);
alter table vote alter column answer type bytea using as_written(answer);
alter table vote alter column reason type bytea using as_written(reason);
alter table question alter column question type bytea using as_written(question);
alter table question alter column answer type bytea using as_written(answer);
alter table handover alter column reason type bytea using as_written(reason);
alter table outcome_report alter column state_after type bytea using as_written(state_after);
alter table outcome_report alter column error type bytea using as_written(error);
alter table action_content alter column content type bytea using '\x00'::bytea || content;
alter table handoff alter column body type bytea using '\x00'::bytea || body;
comment on column handoff.body is 'the request body exactly as received, gzip, sealed';
alter table delivery alter column body type bytea using '\x00'::bytea || body;

drop function as_written;

-- That somebody wants a request's content erased; another person who wants it too is enough.
create table erasure_wish (
  id          uuid        primary key,
  request_id  uuid        not null references approval_request,
  person      text        not null,
  person_name text        not null,
  reason      text        not null,
  wished_at   timestamptz not null
);
create index erasure_wish_by_request on erasure_wish (request_id);
create trigger written_once before update or delete on erasure_wish
  for each row execute function refuse_change();
grant select, insert on erasure_wish to ${applicationRole};

alter table approval_request add column erased_at timestamptz;
grant update (erased_at) on approval_request to ${applicationRole};
create index approval_request_kept on approval_request (closed_at)
  where erased_at is null and closed_at is not null;

-- A closed request can be called back within its objection window, and erased once; nothing else changes it.
create function is_only_erased(before approval_request, after approval_request) returns boolean
  language sql immutable as $$
  select before.erased_at is null and after.erased_at is not null
    and to_jsonb(before) - '{erased_at,version,changes}'::text[]
      = to_jsonb(after) - '{erased_at,version,changes}'::text[]
$$;

drop trigger closed_for_good on approval_request;
create trigger closed_for_good before update on approval_request
  for each row when (old.closed_at is not null
    and not (old.mode = 'objection_window' and old.status = 'approved' and new.status = 'revoked')
    and not is_only_erased(old, new))
  execute function refuse_reopening();
