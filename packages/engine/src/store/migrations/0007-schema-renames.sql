-- rewrites: verifications
-- An option that is renamed keeps its labels: they are mapped, and what they said before is kept.

-- label name → former option → present one, against the version before
alter table schema_versions add column renames jsonb not null default '{}';

create table label_mappings (
  label_id bigint not null references labels on delete cascade,
  project_id bigint not null references projects on delete cascade,
  -- the version the label was read by, and what it said in it
  from_version int not null,
  value jsonb not null,
  verified_value jsonb,
  to_version int not null,
  mapped_at timestamptz not null default now(),
  primary key (label_id, to_version)
);
create index label_mappings_by_project on label_mappings (project_id);

-- In which version's words a verdict was given, so that one that stands again is read rightly.
alter table verifications add column schema_version int;
update verifications set schema_version = labels.schema_version
  from labels where labels.id = verifications.label_id;
alter table verifications alter column schema_version set not null;
