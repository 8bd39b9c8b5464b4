import {
  type LabelDefinition,
  optionsOf,
  type Renames,
  rankedLength,
  type SchemaDocument,
} from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Labels that would be no labels of a new schema, and why. */
export interface Orphans {
  readonly label: string;
  /** What becomes of the label, in words: “is removed”. */
  readonly because: string;
  readonly n: number;
}

/** Counts the labels that a new schema has no place for: of labels and options that go, of kinds and bounds that change. */
export async function countOrphans(
  db: Kysely<Database>,
  project: number,
  from: SchemaDocument,
  to: SchemaDocument,
  renames: Renames,
): Promise<Orphans[]> {
  const orphans: Orphans[] = [];
  for (const before of from.labels) {
    const after = to.labels.find(({ name }) => name === before.name);
    for (const { because, unfit } of reasons(before, after, renames[before.name] ?? {})) {
      const n = await countLabels(db, project, before.name, unfit);
      if (n > 0) orphans.push({ label: before.name, because, n });
    }
  }
  return orphans;
}

/** Why labels may be none any more, with the condition on a value for which they are none. */
interface Reason {
  readonly because: string;
  unfit(value: RawBuilder<unknown>): RawBuilder<boolean>;
}

function reasons(
  before: LabelDefinition,
  after: LabelDefinition | undefined,
  renames: Readonly<Record<string, string>>,
): Reason[] {
  const all = (because: string): Reason[] => [{ because, unfit: () => sql`true` }];
  if (!after) return all("is removed");
  if (after.kind !== before.kind) return all("is of another kind");
  if (after.level !== before.level) return all("is of another level");
  const found: Reason[] = [];
  const fact = (because: string, unfit: Reason["unfit"]): void => {
    found.push({ because, unfit: after.level === "span" ? ofAnySpan(unfit) : unfit });
  };
  const kept = new Set(optionsOf(after).map(({ value }) => value));
  const gone = optionsOf(before)
    .map(({ value }) => value)
    .filter((value) => !kept.has(value) && !Object.hasOwn(renames, value));
  for (const option of gone)
    fact(`loses the option “${option}”`, (value) => sql`${value} ? ${option}`);
  if (after.kind === "ranking" && before.kind === "ranking") {
    const length = rankedLength(after);
    if (length !== rankedLength(before))
      found.push({
        because: `ranks ${length} options`,
        unfit: (value) => sql`case jsonb_typeof(${value}) when 'array'
          then jsonb_array_length(${value}) <> ${length} else false end`,
      });
  }
  if (after.kind === "number") {
    const { min, max, step } = after;
    if (min !== undefined)
      fact(`begins at ${min}`, (value) => number(value, sql`< ${min}::numeric`));
    if (max !== undefined) fact(`ends at ${max}`, (value) => number(value, sql`> ${max}::numeric`));
    if (step !== undefined)
      fact(`has steps of ${step}`, (value) =>
        number(value, sql`- ${min ?? 0}::numeric) % ${step}::numeric <> 0`, sql`(`),
      );
  }
  if (after.kind === "text" && before.kind === "text" && after.maxLength < before.maxLength)
    fact(
      `has at most ${after.maxLength} characters`,
      (value) => sql`char_length(${value} #>> '{}') > ${after.maxLength}`,
    );
  return found;
}

/** A condition on a value that is a number; on an orphan of another kind it does not hold. */
const number = (
  value: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
  before = sql``,
): RawBuilder<boolean> =>
  sql`case jsonb_typeof(${value}) when 'number' then ${before}(${value})::numeric ${condition} else false end`;

const ofAnySpan =
  (unfit: Reason["unfit"]): Reason["unfit"] =>
  (value) =>
    sql`exists (select from jsonb_array_elements(
      case jsonb_typeof(${value}) when 'array' then ${value} else '[]' end) span
    where ${unfit(sql`(span -> 'value')`)})`;

/** Counts a name's labels whose value, or the value that a person gave in its place, is unfit. */
async function countLabels(
  db: Kysely<Database>,
  project: number,
  name: string,
  unfit: Reason["unfit"],
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from labels
    where project_id = ${project} and name = ${name}
      and annotator_id in (select id from annotators where project_id = ${project})
      and (${unfit(sql`labels.value`)}
        or (labels.verified_value is not null and ${unfit(sql`labels.verified_value`)}))`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}
