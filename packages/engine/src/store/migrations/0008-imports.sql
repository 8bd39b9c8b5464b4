-- A record's content may be a conversation or where an image is; `content` is text in any case.
alter table records
  add column content_kind text not null default 'text' check (content_kind in ('text', 'chat', 'image')),
  -- a conversation's turns, [{role, content}, …]
  add column turns jsonb,
  add check ((content_kind = 'chat') = (turns is not null));

-- A machine's labels that came with a file are from a model, not from one of our jobs.
alter table annotators drop constraint annotators_kind_check;
alter table annotators add constraint annotators_kind_check
  check (kind in ('person', 'job', 'gold', 'model'));

-- Rows of a file that joined a record with the same text: their keys stay known, and nothing of them is lost.
create table merged_rows (
  project_id bigint not null references projects on delete cascade,
  key text not null,
  record_id bigint not null references records on delete cascade,
  source jsonb not null,
  metadata jsonb not null,
  primary key (project_id, key)
);
create index merged_rows_by_record on merged_rows (record_id);

-- A file on its way in, and what came of it.
create table imports (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  name text not null,
  -- what the sender knows the file by, to go on with an upload that broke off
  fingerprint text,
  -- bytes that are to come; null where it was sent in one request
  size bigint,
  received bigint not null default 0,
  state text not null check (state in ('receiving', 'received', 'imported', 'rejected')),
  rejected int not null default 0,
  report jsonb,
  created_by text not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index imports_by_project on imports (project_id, id desc);

-- Its bytes, until it is imported or given up.
create table import_parts (
  import_id bigint not null references imports on delete cascade,
  at bigint not null,
  bytes bytea not null,
  primary key (import_id, at)
);
-- files are compressed already, or are read once and gone
alter table import_parts alter column bytes set storage external;

-- The rows of it that could not be taken.
create table import_rejections (
  import_id bigint not null references imports on delete cascade,
  place bigint generated always as identity,
  line int not null,
  column_name text,
  reason text not null,
  primary key (import_id, place)
);
