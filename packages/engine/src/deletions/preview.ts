import { type Condition, err, type Lost, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findJob } from "../jobs/find.ts";
import { findProject } from "../projects/index.ts";
import { searching } from "../records/searching.ts";
import { countLost, type Subject } from "./lost.ts";

/** A count is waited for so long. */
const patienceSeconds = 60;

/** What would go with a project, with one of its jobs, or with the records that a condition holds for; nothing is changed. */
export async function preview(
  engine: Engine,
  input: {
    readonly project: string;
    readonly job?: number | undefined;
    readonly where?: Condition | undefined;
  },
): Promise<
  Result<
    Lost,
    Problem<"project-not-found" | "job-not-found" | "search-invalid" | "request-invalid">
  >
> {
  const { job, where } = input;
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  if (job !== undefined && where !== undefined)
    return err({
      type: "request-invalid",
      what: "Either a job is to be deleted or records are, not both at once.",
      kept: "Nothing was changed.",
    });
  if (job !== undefined) {
    const found = await findJob(engine.db, project.value, job);
    if (!found.ok) return found;
  }
  return searching(
    engine,
    { project: project.value, where },
    async (snapshot, resolved) => {
      const subject: Subject =
        job !== undefined
          ? { what: "job", job }
          : where !== undefined && resolved !== undefined
            ? { what: "records", where: resolved }
            : { what: "project" };
      return ok(await countLost(snapshot, project.value.id, subject));
    },
    patienceSeconds,
  );
}
