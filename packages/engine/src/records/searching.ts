import {
  type Condition,
  err,
  nestedIn,
  ok,
  type Problem,
  type ResolvedCondition,
  type Result,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import pg from "pg";
import { type Searching, withVectors } from "../embeddings/query-texts.ts";
import type { ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { inSnapshot } from "../store/snapshot.ts";
import { foreignCursor } from "./cursor.ts";
import { resolveCondition } from "./resolve.ts";

/** A search that takes longer is given up: it would keep others waiting. */
const longestSearchSeconds = 10;

type Refused = Problem<"search-invalid">;

/** What is searched. */
export interface Searched {
  readonly project: ProjectReference;
  readonly where: Condition | undefined;
}

/**
 * Runs reads that search by a condition, over one moment's data, none longer than the limit. Whatever is wrong with the
 * condition ends in a problem: a bad pattern, one that runs away, text that no record can hold, a subset that is not
 * there. Records that are being deleted are left out.
 *
 * @param work is given the condition with what it refers to looked up
 */
export async function searching<Value>(
  engine: Searching,
  { project, where: asked }: Searched,
  work: (
    snapshot: Kysely<Database>,
    where: ResolvedCondition | undefined,
  ) => Promise<Result<Value, Refused>>,
  limitSeconds = longestSearchSeconds,
): Promise<Result<Value, Refused>> {
  const vectored = asked ? await withVectors(engine, project.id, asked) : ok(undefined);
  if (!vectored.ok) return vectored;
  const where = vectored.value;
  try {
    return await inSnapshot(engine.db, limitSeconds, async (snapshot) => {
      const kept: ResolvedCondition[] = project.deleting ? [{ staying: true }] : [];
      if (where === undefined) return await work(snapshot, kept[0]);
      const deadline = performance.now() + limitSeconds * 1000;
      const resolved = await resolveCondition(snapshot, project.id, where, deadline);
      if (!resolved.ok) return resolved;
      await tryPatterns(snapshot, resolved.value);
      return await work(
        snapshot,
        project.deleting ? { all: [resolved.value, ...kept] } : resolved.value,
      );
    });
  } catch (error) {
    const fault = searchFault(error, limitSeconds);
    if (!fault) throw error;
    return err(fault);
  }
}

/** What is wrong with a search that a statement fails for; undefined where the search is not at fault. */
export function searchFault(error: unknown, limitSeconds: number): Refused | undefined {
  const fault = error instanceof pg.DatabaseError && faults[error.code ?? ""];
  if (!fault) return undefined;
  return {
    type: "search-invalid",
    what: fault(error.message, limitSeconds),
    next: "Change the search and try again.",
  };
}

/**
 * Finds what is wrong with a condition without testing a record, and looks up what it refers to: to be asked before a
 * search is stored or streamed.
 */
export const checkCondition = (
  engine: Searching,
  project: ProjectReference,
  where: Condition | undefined,
): Promise<Result<ResolvedCondition | undefined, Refused>> =>
  searching(engine, { project, where }, async (_snapshot, resolved) => ok(resolved));

/** A bad pattern is an error even where no record would meet it. */
async function tryPatterns(db: Kysely<Database>, where: ResolvedCondition): Promise<void> {
  const patterns = patternsIn(where).map((pattern) => sql`'' ~ ${pattern}`);
  if (patterns.length > 0) await sql`select ${sql.join(patterns)}`.execute(db);
}

const patternsIn = (where: ResolvedCondition): string[] =>
  "regex" in where ? [where.regex.pattern] : nestedIn(where).flatMap(patternsIn);

const noNul = () => "The search holds a NUL character, which no record can hold.";

/** What went wrong, by the SQLSTATE that Postgres ends the statement with. */
const faults: Readonly<Record<string, (message: string, seconds: number) => string>> = {
  "2201B": (message) => `The search has a bad pattern: ${message}.`,
  "57014": (_message, seconds) =>
    `The search ran longer than ${seconds} seconds and was stopped; patterns with nested repetitions are the usual cause.`,
  "22P02": (message) =>
    message.includes("type json")
      ? "The search holds half of a character, which no record can hold."
      : foreignCursor.what,
  "22007": () => foreignCursor.what,
  "22021": noNul,
  "22P05": noNul,
};
