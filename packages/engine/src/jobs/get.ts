import { type Job, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findNamedJob, type JobInput } from "./find.ts";

/** One job and how far it is. */
export async function get(
  engine: Engine,
  input: JobInput,
): Promise<Result<Job, Problem<"project-not-found" | "job-not-found">>> {
  const found = await findNamedJob(engine.db, input);
  return found.ok ? ok(found.value.job) : found;
}
