import { randomInt } from "node:crypto";
import {
  allocate,
  type Drawing,
  err,
  type NewSample,
  ok,
  type Problem,
  type ResolvedCondition,
  type Result,
  type Strata,
  type Subset,
} from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import {
  annotatorId,
  checkCondition,
  comparedMetadata,
  inProject,
  matching,
} from "../records/index.ts";
import type { Database } from "../store/database.ts";
import { keepSubset } from "./keep.ts";

/** More strata than this are none: every record would be its own. */
const mostStrata = 1000;

type Stratum = Drawing["drawn"][number]["value"];

/**
 * Draws a sample and stores it as a frozen subset in the order drawn, so that its first records are a sample too. Records
 * are drawn by a hash of the seed and their key: the same seed draws the same, also after another import of the same
 * file. How it was drawn is kept with it.
 */
export async function sample(
  engine: Engine,
  actor: Actor,
  { project: name, ...asked }: { readonly project: string } & NewSample,
): Promise<Result<Subset, Problem<"project-not-found" | "subset-exists" | "search-invalid">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const projectId = project.value.id;
  const resolved = await checkCondition(engine, project.value, asked.where);
  if (!resolved.ok) return resolved;
  const population = { projectId, where: resolved.value, strata: asked.strata };

  const subset = { ...asked, kind: "frozen", sort: { by: "id", order: "ascending" } } as const;
  return keepSubset(engine, actor, projectId, subset, async (db, id) => {
    const counted = await countStrata(db, population);
    if (counted.length > mostStrata)
      return err({
        type: "search-invalid",
        what: `The records fall into more than ${mostStrata} strata.`,
        kept: "No sample was drawn.",
        next: "Choose what has few values, or draw without strata.",
      });
    const shares = allocate(
      counted.map(({ records }) => records),
      asked.size,
      asked.allocation,
    );
    const drawn = counted.map((stratum, at) => ({ ...stratum, drawn: shares[at] ?? 0 }));
    const seed = asked.seed ?? randomInt(2 ** 31);
    const size = await draw(db, id, population, seed, drawn);
    const drawing = {
      seed,
      size: asked.size,
      strata: asked.strata ?? null,
      allocation: asked.strata ? asked.allocation : null,
      drawn,
    };
    return ok({ size, drawing });
  });
}

interface Population {
  readonly projectId: number;
  readonly where: ResolvedCondition | undefined;
  readonly strata: Strata | undefined;
}

/** How many records each stratum has, in order of its value, those without one last. */
async function countStrata(
  db: Kysely<Database>,
  population: Population,
): Promise<{ value: Stratum; records: number }[]> {
  const { value, from } = stratumOf(population);
  const { rows } = await sql<{ value: Stratum; records: number }>`
    select ${value} as value, count(*)::int as records from ${from}
    where ${inProject(population)} and ${matching(population)}
    group by 1 order by 1 nulls last limit ${mostStrata + 1}`.execute(db);
  return rows;
}

async function draw(
  db: Kysely<Database>,
  subset: number,
  population: Population,
  seed: number,
  drawn: readonly { readonly value: Stratum; readonly drawn: number }[],
): Promise<number> {
  const { value, from } = stratumOf(population);
  const values = drawn.map((stratum) =>
    stratum.value === null ? null : JSON.stringify(stratum.value),
  );
  const { numAffectedRows = 0n } = await sql`
    insert into subset_members (subset_id, position, record_id)
    select ${subset}, (row_number() over (order by lot, id))::int - 1, id
    from (
      select id, lot, value, row_number() over (partition by value order by lot, id) as place
      from (
        select records.id, md5(${`${seed}:`}::text || records.key) as lot, ${value} as value
        from ${from}
        where ${inProject(population)} and ${matching(population)}
      ) as population
    ) as placed
    join unnest(${values}::jsonb[], ${drawn.map((stratum) => stratum.drawn)}::bigint[])
      as share (stratum, n) on share.stratum is not distinct from placed.value
    where place <= share.n`.execute(db);
  return Number(numAffectedRows);
}

/** What a record's stratum is, and where that is found. */
function stratumOf({ projectId, strata }: Population): {
  readonly value: RawBuilder<unknown>;
  readonly from: RawBuilder<unknown>;
} {
  if (!strata) return { value: sql`null::jsonb`, from: sql`records` };
  if ("metadata" in strata)
    return { value: comparedMetadata(sql`records.metadata`, strata.metadata), from: sql`records` };
  const { name, of } = strata.label;
  return {
    value: sql`stratum.value`,
    from: sql`records left join labels as stratum on stratum.record_id = records.id
      and stratum.annotator_id = ${annotatorId(projectId, of)} and stratum.name = ${name}`,
  };
}
