-- Telling people. What happened is noted in the transaction of the change, in one row; who is told, and how,
-- is found out after it.

create table notice (
  id         bigint generated always as identity primary key,
  request_id uuid        not null,
  stage_id   uuid,
  occasion   text        not null,
  created_at timestamptz not null,
  attempts   int         not null default 0,
  due_at     timestamptz not null
);
comment on table notice is 'gone once everybody it is about has a row in told, and the outbox a message';
create index notice_due on notice (due_at);

create function tell_notice_due() returns trigger language plpgsql as $$
begin
  perform pg_notify('countersign_notice', '');
  return null;
end $$;

create trigger tell_due after insert on notice
  for each row execute function tell_notice_due();

-- One a request, channel and recipient, as long as something can still be said there.
create table told (
  id         uuid        primary key,
  request_id uuid        not null references approval_request,
  channel    text        not null,
  recipient  text        not null,
  saying     text        not null,
  turn       int         not null,
  first_turn int,
  sent_turn  int,
  created_at timestamptz not null,
  unique (request_id, channel, recipient)
);
comment on column told.recipient is 'the subject of a person, or the name of an endpoint; never an address';
comment on column told.turn is 'rises with everything there is to say: only the last is worth sending';
comment on column told.first_turn is 'the turn that opened the thread of mails';
comment on column told.sent_turn is 'the last turn that was taken over; null while nothing was';

-- How somebody wants to be told. Who has no row is told as the table of channels says, at any hour.
create table channel_wish (
  subject    text primary key,
  channels   text not null,
  quiet_from time,
  quiet_to   time,
  quiet_zone text,
  check ((quiet_from is null) = (quiet_to is null)),
  check ((quiet_from is null) = (quiet_zone is null)),
  check (quiet_from <> quiet_to)
);

comment on column channel_wish.channels is 'names with commas between them; empty for none';

grant select, insert, update, delete on notice, told, channel_wish to ${applicationRole};
