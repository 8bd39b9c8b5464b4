import {
  type AssignedCondition,
  type Condition,
  err,
  nestedIn,
  ok,
  type Problem,
  type ResolvedCondition,
  type Result,
} from "@countersign/core";
import type { Kysely } from "kysely";
import type { Database } from "../store/database.ts";
import { rankSimilar } from "./similar.ts";

type Refused = Problem<"search-invalid">;

const mostConditions = 1000;
const deepestNesting = 50;

/**
 * Looks up what a condition refers to: a saved search's own condition takes its place, a frozen subset's id its name's,
 * and the most similar records are found, with their scores.
 *
 * @param deadline moment, as `performance.now` tells it, by which the looking up is given up
 */
export async function resolveCondition(
  db: Kysely<Database>,
  projectId: number,
  where: Condition,
  deadline: number,
): Promise<Result<ResolvedCondition, Refused>> {
  const resolution = new Resolution(db, projectId, deadline);
  return resolution.resolve(where, 1);
}

class Resolution {
  readonly #db: Kysely<Database>;
  readonly #projectId: number;
  readonly #deadline: number;
  #conditions = 0;

  constructor(db: Kysely<Database>, projectId: number, deadline: number) {
    this.#db = db;
    this.#projectId = projectId;
    this.#deadline = deadline;
  }

  async resolve(where: Condition, level: number): Promise<Result<ResolvedCondition, Refused>> {
    this.#conditions += 1;
    if (level > deepestNesting)
      return invalid(`The search's conditions nest deeper than ${deepestNesting} levels.`);
    if (this.#conditions > mostConditions)
      return invalid(`The search has more than ${mostConditions} conditions.`);
    if ("subset" in where) return this.#subset(where.subset, level);
    if ("assignment" in where) return this.#assignment(where.assignment);
    if ("similar" in where) {
      const ranked = await rankSimilar(this.#db, this.#projectId, where.similar, this.#deadline);
      if (!ranked.ok) return ranked;
      const ids = ranked.value.map(({ id }) => id);
      return ok({ ranked: { ids, scores: ranked.value.map(({ score }) => score) } });
    }
    if (!("all" in where || "any" in where || "not" in where)) return ok(where);
    const inner: ResolvedCondition[] = [];
    for (const one of nestedIn(where)) {
      const resolved = await this.resolve(one, level + 1);
      if (!resolved.ok) return resolved;
      inner.push(resolved.value);
    }
    return ok("all" in where ? { all: inner } : "any" in where ? { any: inner } : { not: inner });
  }

  async #assignment({
    name,
    ...asked
  }: AssignedCondition): Promise<Result<ResolvedCondition, Refused>> {
    const found = await this.#db
      .selectFrom("assignments")
      .select("id")
      .where("project_id", "=", this.#projectId)
      .where("name", "=", name)
      .executeTakeFirst();
    return found
      ? ok({ assigned: { id: found.id, ...asked } })
      : err({
          type: "search-invalid",
          what: `The search speaks of the assignment “${name}”, which the project does not have.`,
          next: "See which there are: countersign assignment list",
        });
  }

  async #subset(name: string, level: number): Promise<Result<ResolvedCondition, Refused>> {
    const subset = await this.#db
      .selectFrom("subsets")
      .select(["id", "kind", "condition"])
      .where("project_id", "=", this.#projectId)
      .where("name", "=", name)
      .executeTakeFirst();
    if (!subset) return err(noSuchSubset(name));
    if (subset.kind === "frozen") return ok({ members: subset.id });
    return subset.condition ? this.resolve(subset.condition, level + 1) : ok({ all: [] });
  }
}

/** The records that a resolved condition ranks by likeness, the first such condition in it. */
export function rankedIn(
  where: ResolvedCondition | undefined,
): Extract<ResolvedCondition, { ranked: unknown }>["ranked"] | undefined {
  if (!where) return undefined;
  if ("ranked" in where) return where.ranked;
  for (const inner of nestedIn(where)) {
    const found = rankedIn(inner);
    if (found) return found;
  }
  return undefined;
}

export const noSuchSubset = (name: string): Refused => ({
  type: "search-invalid",
  what: `The search speaks of the subset “${name}”, which the project does not have.`,
  next: "See which there are: countersign subset list",
});

const invalid = (what: string) =>
  err<Refused>({ type: "search-invalid", what, next: "Change the search and try again." });
