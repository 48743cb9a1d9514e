-- Several steps handed over as one plan: each is a request of its own that knows its place. The rights
-- of the application to insert and to read hold for these columns too; nobody changes them later.

alter table approval_request add column plan_id uuid;
alter table approval_request add column plan_step int;
alter table approval_request add constraint approval_request_plan_place
  check ((plan_id is null) = (plan_step is null));

create unique index approval_request_by_plan on approval_request (plan_id, plan_step)
  where plan_id is not null;
