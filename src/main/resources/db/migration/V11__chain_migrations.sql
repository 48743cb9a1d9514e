-- Which instances shall go on with another version of their model, as somebody asked; each is written
-- once, and another person confirms it within a day. What was moved is in audit_entry.

create table chain_migration (
  id            uuid primary key,
  chain         text        not null,
  from_version  int         not null,
  to_version    int         not null check (to_version <> from_version),
  mapping       text        not null,
  requests      text        not null,
  reason        text        not null,
  asked_by      text        not null,
  asked_by_name text        not null,
  asked_at      timestamptz not null
);

create index chain_migration_by_chain on chain_migration (chain, id);

create trigger written_once before update or delete on chain_migration
  for each row execute function refuse_change();

grant select, insert on chain_migration to ${applicationRole};
