import { err, type Job, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { findNamedJob } from "../jobs/find.ts";
import type { ProjectReference } from "../projects/index.ts";

/** Which labels are meant: one job's of one name. */
export interface LabelsInput {
  readonly project: string;
  readonly job: number;
  readonly label: string;
}

export type LabelsProblem = Problem<"project-not-found" | "job-not-found" | "label-not-in-schema">;

/** Finds a job whose labels of one name are meant. */
export async function findLabels(
  engine: Engine,
  input: LabelsInput,
): Promise<Result<{ readonly project: ProjectReference; readonly job: Job }, LabelsProblem>> {
  const found = await findNamedJob(engine.db, input);
  if (!found.ok) return found;
  const { labels } = found.value.job;
  if (labels.includes(input.label)) return ok(found.value);
  return err({
    type: "label-not-in-schema",
    what: `Job ${input.job} was not asked for a label named “${input.label}”.`,
    next: `It was asked for: ${labels.map((name) => `“${name}”`).join(", ")}.`,
  });
}

/** The labels meant, as a part of a statement over `labels`. */
export const theseLabels = ({ job, label }: LabelsInput) =>
  sql`labels.annotator_id = (select id from annotators where job_id = ${job}) and labels.name = ${label}`;
