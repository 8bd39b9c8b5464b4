import {
  type Budget,
  err,
  ok,
  type Problem,
  type Result,
  type Spend,
  usedUp,
} from "@countersign/core";
import type { Kysely } from "kysely";
import type { Database } from "../store/database.ts";
import { spentBy } from "./spent.ts";

/**
 * Whether a job that is to go on has something left of its budget.
 *
 * @param verb how it is to go on
 * @param back what is not to be counted as spent any more
 */
export async function checkBudgetLeft(
  db: Kysely<Database>,
  job: number,
  budget: Budget,
  verb: "resume" | "retry",
  back: Partial<Spend> = {},
): Promise<Result<void, Problem<"job-not-possible">>> {
  const spent = await spentBy(db, job);
  const kind = usedUp(budget, { ...spent, records: spent.records - (back.records ?? 0) });
  if (kind === undefined) return ok(undefined);
  return err({
    type: "job-not-possible",
    what: `Job ${job} has used up its budget of ${budget[kind]} ${kind}, so it would pause again at once.`,
    kept: "What was paid for is kept; the job stays as it is.",
    next: `Give it a larger one: countersign job ${verb} ${job} --budget-${kind} ${2 * (budget[kind] ?? 0)}`,
  });
}
