-- How people decide, counted for managers: since when they could, and how much there was to read.

alter table vote add column opened_at timestamptz;
comment on column vote.opened_at is
  'when the review that this ended was opened, moved on by the time its clock stood still';
alter table vote disable trigger written_once;
update vote v set opened_at = s.opened_at
  from stage s where s.id = v.stage_id and s.round = v.round;
alter table vote enable trigger written_once;

alter table approval_request add column words int check (words >= 0);
comment on column approval_request.words is
  'in headline, parameters and rationale as proposed; null where nobody counted';

create index approval_request_by_time on approval_request (created_at);
create index vote_by_time on vote (created_at);
create index vote_by_name on vote (person_name, request_id);
create index stage_expired on stage (closed_at) where status = 'expired';
