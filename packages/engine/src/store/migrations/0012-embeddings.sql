-- Vectors of records by name: imported with their metadata, or computed in the background by a model.
create table embeddings (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  name text not null,
  -- how the model is reached; null where the vectors were imported
  model jsonb,
  -- numbers that the model is asked for; null where it has its own way
  dimensions int,
  -- which records; null for all
  condition jsonb,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  total bigint not null default 0,
  tokens bigint not null default 0,
  -- null once something was computed of which the price is not known
  usd double precision default 0,
  problem jsonb,
  created_by text not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (project_id, name)
);
create index embeddings_open on embeddings (id) where state in ('waiting', 'running');

insert into embeddings (project_id, name, state, total, created_by)
select project_id, name, 'done', count(*), 'import' from vectors group by project_id, name;

alter table vectors add foreign key (project_id, name) references embeddings (project_id, name)
  on delete cascade;
-- SHA-256 of the text that a vector was computed from; null where it was imported.
alter table vectors add column digest bytea;
create index vectors_by_digest on vectors (project_id, name, digest) where digest is not null;

-- Texts that the model would not take.
create table embedding_refusals (
  embedding_id bigint not null references embeddings on delete cascade,
  record_id bigint not null references records on delete cascade,
  digest bytea not null,
  reason text not null,
  message text not null,
  primary key (embedding_id, record_id)
);
create index embedding_refusals_by_record on embedding_refusals (record_id);
