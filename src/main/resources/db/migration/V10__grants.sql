-- Who may carry out what was approved, for how long, and that it was: once.

alter table approval_request add column executor text;
alter table approval_request add column redeem_within_seconds bigint check (redeem_within_seconds > 0);
alter table approval_request add column chain_version int;
grant update (chain_version) on approval_request to ${applicationRole};

create table redemption (
  grant_id        uuid        primary key,
  request_id      uuid        not null unique references approval_request (id),
  executor        text        not null,
  idempotency_key text        not null,
  redeemed_at     timestamptz not null,
  unique (executor, idempotency_key)
);

create trigger written_once before update or delete on redemption
  for each row execute function refuse_change();

grant select, insert on redemption to ${applicationRole};

-- An operator can also stop everything that was approved under one version of the policy.
alter table operator_override drop constraint operator_override_scope_check;
alter table operator_override add constraint operator_override_scope_check
  check (scope in ('all', 'action', 'run', 'agent', 'policy'));
