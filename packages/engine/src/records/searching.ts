import { type Condition, err, ok, type Problem, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import pg from "pg";
import type { Database } from "../store/database.ts";

/** A search that takes longer is given up: it would keep others waiting. */
const longestSearchSeconds = 10;

const mostConditions = 1000;
const deepestNesting = 50;

/**
 * Runs reads that search by a condition, over one moment's data, none longer than the limit. Whatever is
 * wrong with the condition ends in a problem: a bad pattern, one that runs away, text that no record can hold.
 */
export async function searching<Value>(
  db: Kysely<Database>,
  where: Condition | undefined,
  work: (snapshot: Kysely<Database>) => Promise<Value>,
  limitSeconds = longestSearchSeconds,
): Promise<Result<Value, Problem<"search-invalid">>> {
  if (where && nesting(where) > deepestNesting)
    return invalid(`The search's conditions nest deeper than ${deepestNesting} levels.`);
  if (where && allIn(where).length > mostConditions)
    return invalid(`The search has more than ${mostConditions} conditions.`);
  try {
    return ok(
      await db
        .transaction()
        .setIsolationLevel("repeatable read")
        .setAccessMode("read only")
        .execute(async (snapshot) => {
          const limit = sql.lit(limitSeconds * 1000);
          await sql`set local statement_timeout = ${limit}`.execute(snapshot);
          if (where) await tryPatterns(snapshot, where);
          return await work(snapshot);
        }),
    );
  } catch (error) {
    const fault = error instanceof pg.DatabaseError && faults[error.code ?? ""];
    if (!fault) throw error;
    return invalid(fault(error.message, limitSeconds));
  }
}

/** Finds what is wrong with a condition without looking at a record: to be asked before a subset is stored or streamed. */
export const checkCondition = (
  db: Kysely<Database>,
  where: Condition | undefined,
): Promise<Result<void, Problem<"search-invalid">>> =>
  searching(db, where, () => Promise.resolve());

/** A bad pattern is an error even where no record would meet it. */
async function tryPatterns(db: Kysely<Database>, where: Condition): Promise<void> {
  const patterns = allIn(where).flatMap((inner) =>
    "regex" in inner ? [sql`'' ~ ${inner.regex.pattern}`] : [],
  );
  if (patterns.length > 0) await sql`select ${sql.join(patterns)}`.execute(db);
}

const noNul = () => "The search holds a NUL character, which no record can hold.";

/** What went wrong, by the SQLSTATE that Postgres ends the statement with. */
const faults: Readonly<Record<string, (message: string, seconds: number) => string>> = {
  "2201B": (message) => `The search has a bad pattern: ${message}.`,
  "57014": (_message, seconds) =>
    `The search ran longer than ${seconds} seconds and was stopped; patterns with nested repetitions are the usual cause.`,
  "22021": noNul,
  "22P05": noNul,
};

const invalid = (what: string) =>
  err<Problem<"search-invalid">>({
    type: "search-invalid",
    what,
    next: "Change the search and try again.",
  });

const nesting = (condition: Condition): number =>
  1 + Math.max(0, ...nestedIn(condition).map(nesting));

const allIn = (condition: Condition): Condition[] => [
  condition,
  ...nestedIn(condition).flatMap(allIn),
];

function nestedIn(condition: Condition): readonly Condition[] {
  if ("all" in condition) return condition.all;
  if ("any" in condition) return condition.any;
  if ("not" in condition) return condition.not;
  return [];
}
