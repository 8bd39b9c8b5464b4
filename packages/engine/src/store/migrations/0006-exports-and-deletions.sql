-- What is done in the background besides jobs: files of records are written, and what was deleted goes for good.

create table exports (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  options jsonb not null,
  filename text not null,
  media text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  records_done bigint not null default 0,
  records_total bigint,
  bytes bigint not null default 0,
  problem jsonb,
  created_by text not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  -- when the file goes
  expires_at timestamptz
);
create index exports_by_project on exports (project_id, id desc);
create index exports_open on exports (id) where state in ('waiting', 'running');
create index exports_by_expiry on exports (expires_at);

-- A file, piece by piece. It is here and not in a folder so that every server can hand it out, and so that it goes with
-- its project.
create table export_parts (
  export_id bigint not null references exports on delete cascade,
  part int not null,
  content bytea not null,
  primary key (export_id, part)
);
alter table export_parts alter column content set storage external;

-- It outlives what it deletes, so it refers to nothing; its name is forgotten when it is done.
create table deletions (
  id bigint generated always as identity primary key,
  what text not null check (what in ('project', 'job', 'records')),
  project_id bigint not null,
  job_id bigint,
  name text,
  lost jsonb not null,
  total bigint not null,
  removed bigint not null default 0,
  created_by text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index deletions_open on deletions (id) where finished_at is null;

create table deletion_records (
  deletion_id bigint not null references deletions on delete cascade,
  record_id bigint not null,
  primary key (deletion_id, record_id)
);

-- What the items that went were answered with: it goes too, unless another item was answered with it.
create table deletion_replies (
  deletion_id bigint not null references deletions on delete cascade,
  key bytea not null,
  primary key (deletion_id, key)
);

-- Neither is seen from outside any more: their rows go in the background.
alter table jobs add column deleted boolean not null default false;
alter table annotators add column deleted boolean not null default false;
