-- What is asked of the past when an agent proposes.

create index approval_request_rejected on approval_request (agent, action_digest)
  where status = 'rejected';
create index approval_request_rejected_as_decided on approval_request (agent, decided_digest)
  where status = 'rejected';
