-- The reconciler looks at every stage under way, which are few among all that ever were.

create index stage_running on stage (request_id)
  where status in ('open', 'information_requested');
