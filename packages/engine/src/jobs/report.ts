import { type JobReport, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findNamedJob, type JobInput } from "./find.ts";
import { faultsOf } from "./report/faults.ts";
import { samplesOf } from "./report/samples.ts";

/**
 * What a job asks, and what went wrong with it: items without a label by reason, the commonest replies of each with what
 * to do, and its first items from prompt to label. Quick for a job of any size, since only the first items of each reason
 * are looked at; while the job runs, as far as it is.
 */
export async function report(
  engine: Engine,
  input: JobInput,
): Promise<Result<JobReport, Problem<"project-not-found" | "job-not-found">>> {
  const found = await findNamedJob(engine.db, input);
  if (!found.ok) return found;
  const { project, job } = found.value;
  const [reasons, samples] = await Promise.all([
    faultsOf(engine.db, project.id, job),
    samplesOf(engine.db, project.id, job),
  ]);
  return ok({ job: job.id, reasons, samples });
}
