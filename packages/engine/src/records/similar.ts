import {
  cosine,
  err,
  mostAlike,
  ok,
  type Problem,
  type Result,
  type Scored,
  type SimilarCondition,
} from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { rankByText } from "./similar-texts.ts";
import { staying } from "./staying.ts";
import { findCompanion, nearest } from "./vectors/companion.ts";
import { readNumbers } from "./vectors/numbers.ts";

type Refused = Problem<"search-invalid">;

/** A record that others are to be similar to. */
interface Seed {
  readonly id: number;
  readonly content: string;
}

/**
 * The records of a project that are most similar, with their scores: highest first, of equals the lower id. Seeds are
 * left out.
 *
 * @param deadline moment, as `performance.now` tells it, by which the comparing is given up
 */
export async function rankSimilar(
  db: Kysely<Database>,
  projectId: number,
  { to, by, top }: SimilarCondition,
  deadline: number,
): Promise<Result<Scored[], Refused>> {
  const seeds = await findSeeds(db, projectId, to);
  if (!seeds.ok) return seeds;
  const ids = seeds.value.map(({ id }) => id);
  if (by === undefined || by === "text") {
    if ("vector" in to)
      return refused(
        "A vector has no text that others could be like.",
        "Name the vectors in `by`.",
      );
    const texts = "text" in to ? [to.text] : seeds.value.map(({ content }) => content);
    return ok(await rankByText(db, { projectId, texts, left: ids, top }));
  }
  if ("text" in to)
    return refused(
      "A saved search that compares a text by vectors cannot stand within another search.",
      "Ask for what is similar in the search itself.",
    );
  const named = { projectId, name: by.vector };
  const vectors =
    "vector" in to ? ok([Float32Array.from(to.vector)]) : await vectorsOf(db, named, ids);
  if (!vectors.ok) return vectors;
  return rankByVector(db, named, vectors.value, new Set(ids), top, deadline);
}

async function findSeeds(
  db: Kysely<Database>,
  projectId: number,
  to: SimilarCondition["to"],
): Promise<Result<Seed[], Refused>> {
  if (!("keys" in to || "ids" in to)) return ok([]);
  const named = "keys" in to ? to.keys : to.ids;
  const column =
    "keys" in to
      ? sql<boolean>`key = any(${named}::text[])`
      : sql<boolean>`id = any(${named}::bigint[])`;
  const seeds = await db
    .selectFrom("records")
    .select(["id", "key", "content"])
    .where("project_id", "=", projectId)
    .where(column)
    .where(staying())
    .orderBy("id")
    .execute();
  const found = new Set<string | number>(seeds.flatMap(({ id, key }) => ("keys" in to ? key : id)));
  const missing = named.filter((one) => !found.has(one));
  if (missing.length === 0) return ok(seeds);
  return refused(
    `Similar records are asked for, but the project has no record with the ${"keys" in to ? "key" : "id"} ${missing
      .slice(0, 3)
      .map((one) => `“${one}”`)
      .join(", ")}${missing.length > 3 ? ` and ${missing.length - 3} more` : ""}.`,
    "Name records that are there.",
  );
}

interface Named {
  readonly projectId: number;
  readonly name: string;
}

const selectVectors = (db: Kysely<Database>, { projectId, name }: Named) =>
  db
    .selectFrom("vectors")
    .select(["record_id", "numbers"])
    .where("project_id", "=", projectId)
    .where("name", "=", name)
    .where(staying("vectors", "record_id"));

async function vectorsOf(
  db: Kysely<Database>,
  named: Named,
  ids: readonly number[],
): Promise<Result<Float32Array[], Refused>> {
  const rows = await selectVectors(db, named)
    .where(sql<boolean>`record_id = any(${ids}::bigint[])`)
    .execute();
  if (rows.length > 0) return ok(rows.map(({ numbers }) => readNumbers(numbers)));
  const { rows: names } = await sql<{ name: string }>`
    select distinct name from vectors where project_id = ${named.projectId} order by name limit 20`.execute(
    db,
  );
  return refused(
    names.some(({ name }) => name === named.name)
      ? `The records that others are to be similar to have no vector “${named.name}”.`
      : `The project has no vectors named “${named.name}”.`,
    names.length > 0
      ? `It has: ${names.map(({ name }) => `“${name}”`).join(", ")}.`
      : "Keep vectors that are in the metadata: countersign records vectors",
  );
}

const batch = 2000;

/** How many times as many as asked for are taken from an index, which may pass over some, and compared exactly. */
const spare = 3;

/**
 * Compares every vector, some at a time; where an index has most of them, only those that it gives and those that it
 * lacks. All of a name have one length.
 */
async function rankByVector(
  db: Kysely<Database>,
  named: Named,
  seeds: readonly Float32Array[],
  left: ReadonlySet<number>,
  top: number,
  deadline: number,
): Promise<Result<Scored[], Refused>> {
  const candidates = await candidatesFor(db, named, seeds, spare * top + left.size);
  let best: Scored[] = [];
  let last = 0;
  for (;;) {
    const rows = await selectVectors(db, named)
      .where("record_id", ">", last)
      .where(candidates)
      .orderBy("record_id")
      .limit(batch)
      .execute();
    const vectors = rows.map(({ record_id: id, numbers }) => ({
      id,
      numbers: readNumbers(numbers),
    }));
    const length = vectors[0]?.numbers.length ?? seeds[0]?.length;
    if (seeds.some((seed) => seed.length !== length))
      return refused(
        `The vector that others are compared with has ${seeds[0]?.length} numbers, the vectors “${named.name}” have ${length}.`,
        "Give one of the same length.",
      );
    const scored = vectors
      .filter(({ id }) => !left.has(id))
      .map(({ id, numbers }) => ({
        id,
        score: Math.max(...seeds.map((seed) => cosine(numbers, seed))),
      }));
    best = mostAlike([...best, ...scored], top);
    if (rows.length < batch) return ok(best);
    last = rows.at(-1)?.record_id ?? last;
    if (performance.now() > deadline)
      return refused(
        `Comparing the vectors “${named.name}” took too long and was stopped.`,
        "Name fewer records to compare with.",
      );
  }
}

/** Which vectors are worth comparing: those that an index has near, and those that it lacks; all without one. */
async function candidatesFor(
  db: Kysely<Database>,
  { projectId, name }: Named,
  seeds: readonly Float32Array[],
  most: number,
): Promise<RawBuilder<boolean>> {
  const all = sql<boolean>`true`;
  const companion = await findCompanion(db, projectId, name);
  if (!companion?.kind.endsWith(`(${seeds[0]?.length})`)) return all;
  const near: number[] = [];
  for (const seed of seeds) {
    const found = await nearest(db, companion, seed, most);
    if (!found) return all;
    near.push(...found);
  }
  return sql`record_id in (
    select unnest(${near}::bigint[])
    union select record_id from vectors as every
    where every.project_id = ${projectId} and every.name = ${name} and not exists (
      select from ${sql.table(companion.table)} as had where had.record_id = every.record_id))`;
}

const refused = (what: string, next: string) =>
  err<Refused>({ type: "search-invalid", what, next });
