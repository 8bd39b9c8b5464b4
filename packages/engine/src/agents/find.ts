import { type Agent, err, ok, type Problem, type Result } from "@countersign/core";
import type { Kysely } from "kysely";
import type { ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { selectAgents } from "./select.ts";

const shortestPrefix = 8;

/**
 * Finds an agent by its id, its name, or the first eight or more characters of its id, in this order. Of agents with one
 * name the newest is meant. A beginning that fits several agents finds none.
 */
export async function findAgent(
  db: Kysely<Database>,
  project: ProjectReference,
  reference: string,
): Promise<Result<Agent, Problem<"agent-not-found">>> {
  const agents = selectAgents(db, project.id);
  const named = await agents
    .where((is) => is.or([is("agents.id", "=", reference), is("agents.name", "=", reference)]))
    .orderBy((is) => is("agents.id", "=", reference), "desc")
    .orderBy("agents.created_at", "desc")
    .orderBy("agents.id")
    .limit(1)
    .executeTakeFirst();
  if (named) return ok(named);

  const isPrefix = reference.length >= shortestPrefix && /^[0-9a-f]+$/.test(reference);
  const begun = isPrefix
    ? await agents.where("agents.id", "like", `${reference}%`).limit(2).execute()
    : [];
  const [only, second] = begun;
  if (second !== undefined)
    return err({
      type: "agent-not-found",
      what: `Several agents' ids begin with “${reference}”.`,
      next: "Give more of the id.",
    });
  if (only) return ok(only);
  return err({
    type: "agent-not-found",
    what: `The project “${project.name}” has no agent “${reference}”.`,
    next: `See those it has: countersign agent list --project ${project.name}`,
  });
}
