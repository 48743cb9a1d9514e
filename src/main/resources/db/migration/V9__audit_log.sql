-- The record becomes a log that outsiders can verify: every entry gets an index without gaps, the
-- hashes of a Merkle tree above them, and signed checkpoints. All of it is written once.

-- Whose transaction is finished? Only entries of those get an index, so that none is ever passed over.
-- What is here already counts as written by this migration.
alter table audit_entry add column xid xid8 not null default pg_current_xact_id();
create index audit_entry_by_transaction on audit_entry (xid, seq);

create table audit_leaf (
  log_index bigint primary key check (log_index >= 0),
  entry     bigint not null unique references audit_entry,
  hash      bytea  not null check (octet_length(hash) = 32)
);

create table audit_node (
  level  smallint not null check (level between 1 and 6),
  number bigint   not null check (number >= 0),
  hash   bytea    not null check (octet_length(hash) = 32),
  primary key (level, number)
);
comment on table audit_node is 'the root of each full tile: a hash of the tile one level above';

create table audit_checkpoint (
  size       bigint primary key check (size > 0),
  note       text        not null,
  complete   xid8        not null,
  created_at timestamptz not null
);
comment on column audit_checkpoint.complete is
  'every entry of an older transaction is in the log: where to look for the next ones';

create table audit_cosignature (
  size       bigint      not null references audit_checkpoint,
  witness    text        not null,
  lines      text        not null,
  created_at timestamptz not null,
  primary key (size, witness)
);

create trigger written_once before update or delete on audit_leaf
  for each row execute function refuse_change();
create trigger not_truncated before truncate on audit_leaf
  for each statement execute function refuse_change();
create trigger written_once before update or delete on audit_node
  for each row execute function refuse_change();
create trigger not_truncated before truncate on audit_node
  for each statement execute function refuse_change();
create trigger written_once before update or delete on audit_checkpoint
  for each row execute function refuse_change();
create trigger not_truncated before truncate on audit_checkpoint
  for each statement execute function refuse_change();
create trigger written_once before update or delete on audit_cosignature
  for each row execute function refuse_change();
create trigger not_truncated before truncate on audit_cosignature
  for each statement execute function refuse_change();

grant select, insert on audit_leaf, audit_node, audit_checkpoint, audit_cosignature
  to ${applicationRole};
