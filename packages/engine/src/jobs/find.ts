import { err, type Job, ok, type Problem, type Result } from "@countersign/core";
import type { Kysely } from "kysely";
import { findProject, type ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { selectJobs, toJob } from "./select.ts";

/** Which job is meant, as callers name it. */
export interface JobInput {
  readonly project: string;
  readonly job: number;
}

/** Finds a job and how far it is. */
export async function findJob(
  db: Kysely<Database>,
  project: ProjectReference,
  id: number,
): Promise<Result<Job, Problem<"job-not-found">>> {
  // An id that Postgres cannot hold is no job's.
  const row = Number.isSafeInteger(id)
    ? await selectJobs(db, project.id).where("jobs.id", "=", id).executeTakeFirst()
    : undefined;
  if (row) return ok(toJob(row));
  return err({
    type: "job-not-found",
    what: `The project “${project.name}” has no job ${id}.`,
    next: `See those it has: countersign job list --project ${project.name}`,
  });
}

/** Finds a job by its project's name. */
export async function findNamedJob(
  db: Kysely<Database>,
  input: JobInput,
): Promise<
  Result<
    { readonly project: ProjectReference; readonly job: Job },
    Problem<"project-not-found" | "job-not-found">
  >
> {
  const project = await findProject(db, input.project);
  if (!project.ok) return project;
  const job = await findJob(db, project.value, input.job);
  return job.ok ? ok({ project: project.value, job: job.value }) : job;
}
