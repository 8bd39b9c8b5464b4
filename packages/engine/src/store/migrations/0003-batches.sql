-- A job may ask in batches; and items that failed may be asked again, each by itself.

-- Asked again by a request of its own, whatever its job does with the others.
alter table job_items add column singly boolean not null default false;

-- A shard's items are those of its positions that have the same `singly`; there may be one of each over the same positions.
alter table job_shards add column singly boolean not null default false;
-- Its items are asked in batches.
alter table job_shards add column batched boolean not null default false;

-- One row a batch. It is written, with its lines, before anything is submitted: a crash then leaves something to look for.
create table job_batches (
  id bigint generated always as identity primary key,
  job_id bigint not null references jobs on delete cascade,
  -- how the batch is known again at the provider
  mark text not null unique,
  state text not null check (state in ('submitting', 'under-way', 'ended', 'turned-down', 'lost')),
  provider_id text,
  -- found by its size and time alone, so that it may be somebody else's
  unsure boolean not null default false,
  -- what was uploaded for it
  files text[] not null default '{}',
  requests int not null,
  answered int not null default 0,
  failed int not null default 0,
  said text,
  message text,
  -- the account had too much under way
  crowded boolean not null default false,
  -- what it is expected to take, counted against the budget until it has ended
  expected_usd double precision not null,
  expected_tokens double precision not null,
  -- items that ask in it, and where they are
  items int not null,
  first_position int not null,
  last_position int not null,
  -- who looks after it
  worker_id bigint,
  created_at timestamptz not null default clock_timestamp(),
  submitted_at timestamptz,
  ended_at timestamptz
);
create index job_batches_by_job on job_batches (job_id, id);
create index job_batches_open on job_batches (job_id) where state in ('submitting', 'under-way');

-- One row a question of a job that is, or was, in a batch; the key is its reply's. It is in one batch at a time.
create table batch_lines (
  job_id bigint not null references jobs on delete cascade,
  key bytea not null,
  batch_id bigint not null references job_batches on delete cascade,
  -- the item that asks, and pays; others with the same question share the reply
  position int not null,
  state text not null default 'open' check (state in ('open', 'answered', 'failed')),
  outcome text,
  reason text,
  message text,
  primary key (job_id, key)
);
create index batch_lines_open on batch_lines (batch_id) where state = 'open';
