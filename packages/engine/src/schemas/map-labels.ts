import {
  type LabelDefinition,
  type LabelValue,
  optionsOf,
  renamedValue,
  sameValue,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Labels that are read and written at once. */
const batchSize = 5000;

interface MappedLabel {
  readonly id: number;
  readonly version: number;
  readonly value: LabelValue;
  readonly verified: LabelValue | null;
}

/** What renaming a label's options means for the labels that there are. */
export interface Mapping {
  readonly project: number;
  readonly definition: LabelDefinition;
  /** Former option → present one. */
  readonly renames: Readonly<Record<string, string>>;
  /** The new version. */
  readonly version: number;
}

/**
 * Maps the labels of one name: each that says a renamed option says the new one, and what it said before is kept. Labels
 * that the new definition has a place for carry its version; orphans keep theirs. Verdicts given before stay in the
 * history as they were given. Returns how many labels say something else now.
 */
export async function mapLabels(db: Kysely<Database>, mapping: Mapping): Promise<number> {
  let mapped = 0;
  for (let after = 0; ; ) {
    const labels = await nextLabels(db, mapping, after);
    const last = labels.at(-1);
    if (!last) break;
    mapped += await writeLabels(db, mapping, labels);
    after = last.id;
  }
  await stampLabels(db, mapping);
  await mapCounters(db, mapping);
  return mapped;
}

/** Whether a value says one of these options, on the record or on a span of it. */
const says = (value: string, options: readonly string[]) => sql<boolean>`
  (${sql.ref(value)} ?| ${options}::text[] or exists (
    select from ${elements(value)} span where span -> 'value' ?| ${options}::text[]))`;

const elements = (value: string) => sql`jsonb_array_elements(
  case jsonb_typeof(${sql.ref(value)}) when 'array' then ${sql.ref(value)} else '[]' end)`;

async function nextLabels(
  db: Kysely<Database>,
  { project, definition, renames, version }: Mapping,
  after: number,
): Promise<MappedLabel[]> {
  const former = Object.keys(renames);
  const { rows } = await sql<MappedLabel>`
    select id, schema_version as version, value, verified_value as verified from labels
    where project_id = ${project} and name = ${definition.name} and id > ${after}
      and schema_version < ${version}
      and (${says("value", former)} or (verified_value is not null and ${says("verified_value", former)}))
    order by id limit ${batchSize} for update`.execute(db);
  return rows;
}

async function writeLabels(
  db: Kysely<Database>,
  { project, definition, renames, version }: Mapping,
  labels: readonly MappedLabel[],
): Promise<number> {
  const now = labels.map((label) => ({
    ...label,
    value: renamedValue(definition, label.value, renames),
    verified: label.verified === null ? null : renamedValue(definition, label.verified, renames),
  }));
  const json = (value: LabelValue | null) => (value === null ? null : JSON.stringify(value));
  await sql`
    insert into label_mappings (label_id, project_id, from_version, value, verified_value, to_version)
    select id, ${project}, schema_version, value, verified_value, ${version}::int from labels
    where id = any(${labels.map(({ id }) => id)}::bigint[])`.execute(db);
  await sql`
    update labels set value = mapped.value, verified_value = mapped.verified
    from unnest(
      ${now.map(({ id }) => id)}::bigint[],
      ${now.map(({ value }) => json(value))}::jsonb[],
      ${now.map(({ verified }) => json(verified))}::jsonb[]
    ) as mapped (id, value, verified)
    where labels.id = mapped.id`.execute(db);
  // A person may have corrected a label to what its own value is called now.
  const agreeing = now.flatMap(({ id, value, verified }) =>
    verified !== null && sameValue(value, verified) ? [id] : [],
  );
  if (agreeing.length > 0)
    await sql`update labels set status = 'confirmed'
      where id = any(${agreeing}::bigint[]) and status = 'corrected'`.execute(db);
  return now.length;
}

/** Labels that are values of the new definition are read by it from now on. */
async function stampLabels(
  db: Kysely<Database>,
  { project, definition, version }: Mapping,
): Promise<void> {
  const options = JSON.stringify(optionsOf(definition).map(({ value }) => value));
  const fits = (value: string) =>
    definition.level === "span"
      ? sql`not exists (select from ${elements(value)} span
          where not span -> 'value' <@ ${options}::jsonb)`
      : sql`${sql.ref(value)} <@ ${options}::jsonb`;
  await sql`
    update labels set schema_version = ${version}
    where project_id = ${project} and name = ${definition.name} and schema_version < ${version}
      and ${fits("value")} and (verified_value is null or ${fits("verified_value")})`.execute(db);
}

/** The jobs' running totals count the new options. */
async function mapCounters(
  db: Kysely<Database>,
  { project, definition, renames }: Mapping,
): Promise<void> {
  const counter = `label:${definition.name}`;
  for (const [former, present] of Object.entries(renames))
    await sql`
      with moved as (
        delete from job_counters where counter = ${counter} and key = ${former}
          and job_id in (select id from jobs where project_id = ${project})
        returning job_id, n
      )
      insert into job_counters (job_id, counter, key, n)
      select job_id, ${counter}, ${present}, n from moved
      on conflict (job_id, counter, key) do update set n = job_counters.n + excluded.n`.execute(db);
}
