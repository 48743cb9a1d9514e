-- The reconciler asks of every open task whether its process still carries a stage.

create index stage_by_process on stage (process_instance)
  where status in ('open', 'information_requested');
