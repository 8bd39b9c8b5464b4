import type { Agent, Problem, Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { findAgent } from "./find.ts";

/** One agent, by its name, its id, or the beginning of its id. */
export async function get(
  engine: Engine,
  { project: name, agent }: { readonly project: string; readonly agent: string },
): Promise<Result<Agent, Problem<"project-not-found" | "agent-not-found">>> {
  const project = await findProject(engine.db, name);
  return project.ok ? findAgent(engine.db, project.value, agent) : project;
}
