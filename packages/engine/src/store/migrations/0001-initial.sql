-- The whole of a project hangs on its row: deleting it deletes everything, really.

create extension if not exists pg_trgm;

create table projects (
  id bigint generated always as identity primary key,
  name text not null unique,
  -- every column that an imported file had, in order of first appearance: a record's own are in its source, unordered
  columns text[] not null default '{}',
  created_by text not null,
  created_at timestamptz not null default now()
);

create table schema_versions (
  project_id bigint not null references projects on delete cascade,
  version int not null,
  document jsonb not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (project_id, version)
);

create table records (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  key text not null,
  content text not null,
  -- every imported column, exactly as written
  source jsonb not null default '{}',
  metadata jsonb not null default '{}',
  created_by text not null,
  created_at timestamptz not null default now(),
  unique (project_id, key)
);
create index records_by_project on records (project_id, id);
create index records_content_trigrams on records using gin (content gin_trgm_ops);
-- finds repeated texts without putting whole texts into an index
create index records_content_hash on records (project_id, md5(content));

create table agents (
  project_id bigint not null references projects on delete cascade,
  -- sha-256 of the content's canonical JSON
  id text not null,
  name text not null,
  content jsonb not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (project_id, id)
);

create table jobs (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  agent_id text not null,
  label_names text[] not null,
  schema_version int not null,
  -- the search condition and limit its records were chosen with
  subset jsonb not null,
  settings jsonb not null,
  state text not null check (state in ('preparing', 'running', 'paused', 'cancelled', 'done')),
  pause jsonb,
  simulated boolean not null default false,
  total int not null default 0,
  -- running time of the spells before `running_since`
  seconds double precision not null default 0,
  running_since timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  foreign key (project_id, agent_id) references agents
);
create index jobs_by_project on jobs (project_id, id desc);
create index jobs_by_agent on jobs (project_id, agent_id);
create index jobs_active on jobs (id) where state in ('preparing', 'running');

create table annotators (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  kind text not null check (kind in ('person', 'job', 'gold')),
  name text not null,
  job_id bigint references jobs on delete cascade,
  unique (project_id, kind, name)
);
create unique index annotators_by_job on annotators (job_id);

-- One row a job item. Its outcome is written once, in the transaction that stores its labels.
create table job_items (
  job_id bigint not null references jobs on delete cascade,
  position int not null,
  record_id bigint not null references records on delete cascade,
  outcome text check (outcome in
    ('labelled', 'invalid-reply', 'refused', 'prompt-too-long', 'failed', 'cancelled')),
  reason text,
  message text,
  attempts int not null default 0,
  reply_key bytea,
  finished_at timestamptz,
  primary key (job_id, position)
);
create index job_items_by_record on job_items (record_id, job_id);
create index job_items_by_outcome on job_items (job_id, outcome, position);

-- Work is claimed a run of items at a time, so that claiming costs one row update per shard and not per item.
create table job_shards (
  job_id bigint not null references jobs on delete cascade,
  shard int not null,
  first_position int not null,
  last_position int not null,
  worker_id bigint,
  done boolean not null default false,
  primary key (job_id, shard)
);
create index job_shards_open on job_shards (job_id, shard) where not done;

-- A worker lives as long as its connection holds the advisory lock of its id; a killed one is known dead at once.
create table workers (
  id bigint generated always as identity primary key,
  host text not null,
  pid int not null,
  started_at timestamptz not null default now()
);

-- Running totals, so that progress is read without counting items.
create table job_counters (
  job_id bigint not null references jobs on delete cascade,
  counter text not null,
  key text not null default '',
  n double precision not null,
  primary key (job_id, counter, key)
);

-- Paid replies, kept as they came: never asked for twice, re-read without paying.
create table replies (
  project_id bigint not null references projects on delete cascade,
  -- sha-256 of provider, model, parameters, prompt and sample number
  key bytea not null,
  text text not null,
  finish_reason text not null,
  logprobs jsonb,
  input_tokens int,
  output_tokens int,
  cost double precision,
  model_version text,
  latency_ms double precision not null,
  simulated boolean not null,
  created_at timestamptz not null default now(),
  primary key (project_id, key)
);

create table labels (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  record_id bigint not null references records on delete cascade,
  annotator_id bigint not null references annotators on delete cascade,
  name text not null,
  value jsonb not null,
  schema_version int not null,
  confidence double precision check (confidence between 0 and 1),
  confidence_method text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  -- the standing verdict, kept beside the label so that filtering by it needs no history
  status text not null default 'unverified' check (status in ('unverified', 'confirmed', 'corrected')),
  verified_value jsonb,
  verified_by text,
  verified_at timestamptz,
  unique (record_id, annotator_id, name)
);
create index labels_by_confidence on labels (annotator_id, name, confidence, record_id);
-- who reviews asks for the unverified, least certain first, while those before them are verified one by one
create index labels_by_status on labels (annotator_id, name, status, confidence, record_id);
create index labels_by_value on labels (annotator_id, name, value);

create table verifications (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  label_id bigint not null references labels on delete cascade,
  verdict text not null check (verdict in ('CONFIRMS', 'CORRECTS', 'RETRACTS')),
  judged jsonb not null,
  value jsonb,
  verifier text not null,
  at timestamptz not null default clock_timestamp()
);
create index verifications_by_label on verifications (label_id, id);
create index verifications_by_project on verifications (project_id, id);

create table tokens (
  id bigint generated always as identity primary key,
  name text not null,
  -- sha-256 of the secret; the secret itself is shown once and never stored
  hash bytea not null unique,
  created_by text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
