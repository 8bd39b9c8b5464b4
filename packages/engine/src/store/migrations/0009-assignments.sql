-- What people say of records on their own, append-only; `labels` holds what stands. Without a value it takes the person's
-- last word back.
create table label_changes (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  record_id bigint not null references records on delete cascade,
  annotator_id bigint not null references annotators on delete cascade,
  name text not null,
  value jsonb,
  schema_version int not null,
  at timestamptz not null default clock_timestamp()
);
create index label_changes_by_record on label_changes (record_id, annotator_id, name, id);
create index label_changes_by_project on label_changes (project_id, id);
create index label_changes_by_annotator on label_changes (annotator_id);

create table assignments (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  name text not null,
  mode text not null check (mode in ('verify', 'label')),
  -- null: anyone
  people text[],
  label_names text[] not null,
  job_id bigint references jobs on delete cascade,
  suggestion text not null check (suggestion in ('shown', 'hidden')),
  condition jsonb,
  item_order text not null check (item_order in ('imported', 'random', 'least-confident')),
  overlap int not null check (overlap >= 1),
  idle_seconds double precision not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  size int not null default 0,
  created_by text not null,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  unique (project_id, name)
);

-- The records of an assignment as they were chosen. `free` counts the places that nobody holds or has done: one that is
-- handed out takes a place, one that is given back frees it, so that free + held + done is always the overlap.
create table assignment_items (
  assignment_id bigint not null references assignments on delete cascade,
  position int not null,
  record_id bigint not null references records on delete cascade,
  free int not null check (free >= 0),
  done int not null default 0 check (done >= 0),
  primary key (assignment_id, position)
);
create unique index assignment_items_by_record on assignment_items (record_id, assignment_id);
create index assignment_items_free on assignment_items (assignment_id, position) where free > 0;

-- Everybody who has taken part. The row is what one person's requests take turns by.
create table assignment_people (
  assignment_id bigint not null references assignments on delete cascade,
  person text not null,
  done int not null default 0,
  -- records that this person was the last to do, less those that stopped being complete by their undoing
  completed int not null default 0,
  last_at timestamptz,
  primary key (assignment_id, person)
);

-- Who has which record in hand, has done it or has passed it over; the last takes no place.
create table assignment_parts (
  assignment_id bigint not null,
  person text not null,
  position int not null,
  state text not null check (state in ('held', 'done', 'skipped')),
  since timestamptz not null,
  -- a record that is held goes back then
  until timestamptz,
  primary key (assignment_id, person, position),
  foreign key (assignment_id, position) references assignment_items on delete cascade
);
create index assignment_parts_by_item on assignment_parts (assignment_id, position);
create index assignment_parts_held on assignment_parts (assignment_id, until) where state = 'held';
