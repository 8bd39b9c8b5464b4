-- What a worker does for a job just now: overwritten once a second, gone with the worker. Unlogged, for it is worth
-- nothing after a crash.
create unlogged table job_gauges (
  job_id bigint not null references jobs on delete cascade,
  worker_id bigint not null references workers on delete cascade,
  under_way int not null,
  allowed int not null,
  unstored int not null,
  held_by text check (held_by in
    ('retry-after', 'failures', 'rate-limit', 'own-limits', 'provider', 'concurrency')),
  -- when its calls go on, where they rest
  until timestamptz,
  at timestamptz not null,
  primary key (job_id, worker_id)
) with (fillfactor = 50);
create index job_gauges_by_worker on job_gauges (worker_id);

-- For the report on what went wrong: a reason may be rare among a million items.
create index job_items_by_reason on job_items (job_id, reason, position) where reason is not null;
