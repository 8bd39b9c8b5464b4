-- What of a JSON value is compared and sorted by: a short string, a number or a boolean. The order of jsonb then is that
-- of their types, strings by code point before numbers before booleans. (500 characters fit into an index entry.)
create function countersign_compared(value jsonb) returns jsonb
language sql immutable parallel safe as $$
  select case
    when jsonb_typeof(value) in ('number', 'boolean') then value
    when jsonb_typeof(value) = 'string' and length(value #>> '{}') <= 500 then value
  end
$$;

-- The moment that a text writes in ISO 8601, in seconds since 1970; null where it writes none. `momentOf` in core says
-- the same of every text. A cast would raise an error on a bad day, and would depend on the session's settings.
create function countersign_moment(value text) returns double precision
language plpgsql immutable strict parallel safe as $$
declare
  part text[] := regexp_match(value,
    '^(?!0000)([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?:[T ]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9](?:\.[0-9]{1,9})?))?(?:Z|([+-])([01][0-9]|2[0-3]):?([0-5][0-9]))?)?$');
  day date;
  zone int;
begin
  if part is null then
    return null;
  end if;
  day := make_date(part[1]::int, part[2]::int, 1) + (part[3]::int - 1);
  if extract(month from day) <> part[2]::int then
    return null;
  end if;
  zone := coalesce(part[8]::int, 0) * 60 + coalesce(part[9]::int, 0);
  return (((day - date '1970-01-01')::double precision * 1440 + coalesce(part[4]::int, 0) * 60 + coalesce(part[5]::int, 0))
      - case when part[7] = '-' then -zone else zone end) * 60
    + coalesce(part[6]::double precision, 0);
end
$$;

-- A saved search, or a frozen set of records.
create table subsets (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  name text not null,
  kind text not null check (kind in ('search', 'frozen')),
  -- the condition as it was asked, null for every record, and the order
  condition jsonb,
  sort jsonb not null,
  size int,
  -- of a sample: seed, strata and how many of each were drawn
  drawing jsonb,
  created_by text not null,
  created_at timestamptz not null default now(),
  unique (project_id, name)
);

create table subset_members (
  subset_id bigint not null references subsets on delete cascade,
  position int not null,
  record_id bigint not null references records on delete cascade,
  primary key (subset_id, position)
);
create unique index subset_members_by_record on subset_members (record_id, subset_id);

-- Vectors of records, by name, as imported with their metadata or as an embedding model gave them.
create table vectors (
  project_id bigint not null references projects on delete cascade,
  name text not null,
  record_id bigint not null references records on delete cascade,
  -- 32-bit floats, big-endian: read as they are, four bytes a number
  numbers bytea not null,
  primary key (project_id, name, record_id)
);
create index vectors_by_record on vectors (record_id);

-- A page sorted by value has its ties in order of record too.
drop index labels_by_value;
create index labels_by_value on labels (annotator_id, name, value, record_id);
-- Only what has been verified is in it, so that labelling pays nothing.
create index labels_by_verdict on labels (annotator_id, name, verified_at, record_id)
  where verified_at is not null;
