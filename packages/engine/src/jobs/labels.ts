import { err, type LabelSummary, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { summarise, type ValueCount } from "../labels/summarise.ts";
import { carrierSince } from "../schemas/index.ts";
import { findNamedJob, type JobInput } from "./find.ts";
import { labelCounter } from "./progress.ts";

/** Numbers, rankings and spans as the job's running totals count them. */
const countRanges = (job: number, label: string) => sql<ValueCount>`
  select key as value, n::int as n from job_counters
  where job_id = ${job} and counter = ${labelCounter(label)} and n > 0
  order by n desc, key`;

/** One job's labels of one name, counted by status, value and confidence. */
export async function labels(
  engine: Engine,
  input: JobInput & { readonly label: string },
): Promise<
  Result<LabelSummary, Problem<"project-not-found" | "job-not-found" | "label-not-in-schema">>
> {
  const { db } = engine;
  const found = await findNamedJob(db, input);
  if (!found.ok) return found;
  const { label } = input;
  const { project, job } = found.value;
  if (!job.labels.includes(label))
    return err({
      type: "label-not-in-schema",
      what: `Job ${input.job} was not asked for a label named “${label}”.`,
      next: `It was asked for: ${job.labels.map((name) => `“${name}”`).join(", ")}.`,
    });
  const carrier = await carrierSince(db, project.id, job.schemaVersion);
  return ok(
    await summarise(db, {
      annotator: sql`(select id from annotators where job_id = ${input.job})`,
      label,
      definition: carrier.definition(label, job.schemaVersion),
      ranges: countRanges(input.job, label),
    }),
  );
}
