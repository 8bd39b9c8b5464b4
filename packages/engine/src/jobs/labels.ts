import { err, type LabelStatus, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { findNamedJob, type JobInput } from "./find.ts";

/** One job's labels of one name, counted. */
export interface LabelSummary {
  readonly label: string;
  readonly statuses: Record<LabelStatus, number>;
  /** Commonest first; a multiple choice's label counts for each of its options. */
  readonly values: { value: string; n: number }[];
  /** Labels per twentieth of confidence, 0–0.05 first. */
  readonly histogram: number[];
  /** How many of each twentieth are verified. */
  readonly verified: number[];
  /** Labels without a confidence. */
  readonly unmeasured: number;
}

const bins = 20;

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
  if (!found.value.job.labels.includes(label))
    return err({
      type: "label-not-in-schema",
      what: `Job ${input.job} was not asked for a label named “${label}”.`,
      next: `It was asked for: ${found.value.job.labels.map((name) => `“${name}”`).join(", ")}.`,
    });
  const annotator = sql`(select id from annotators where job_id = ${input.job})`;
  const these = sql`labels where annotator_id = ${annotator} and name = ${label}`;
  const [statuses, values, confidences] = await Promise.all([
    sql<{ status: LabelStatus; n: number }>`
      select status, count(*) as n from ${these} group by status`.execute(db),
    sql<{ value: string; n: number }>`
      select value, count(*) as n
      from (select jsonb_array_elements_text(
          case jsonb_typeof(value) when 'array' then value else jsonb_build_array(value) end) as value
        from ${these}) as options
      group by value order by n desc, value`.execute(db),
    // A confidence of 1 belongs to the last bin, not beyond it.
    sql<{ bin: number | null; n: number; verified: number }>`
      select least(width_bucket(confidence, 0, 1, ${bins}), ${bins}) as bin, count(*) as n,
        count(*) filter (where status <> 'unverified') as verified
      from ${these} group by bin`.execute(db),
  ]);
  const ofStatus = (status: LabelStatus) =>
    statuses.rows.find((row) => row.status === status)?.n ?? 0;
  const ofBin = (bin: number | null) => confidences.rows.find((row) => row.bin === bin);
  return ok({
    label,
    statuses: {
      unverified: ofStatus("unverified"),
      confirmed: ofStatus("confirmed"),
      corrected: ofStatus("corrected"),
    },
    values: values.rows,
    histogram: Array.from({ length: bins }, (_, index) => ofBin(index + 1)?.n ?? 0),
    verified: Array.from({ length: bins }, (_, index) => ofBin(index + 1)?.verified ?? 0),
    unmeasured: ofBin(null)?.n ?? 0,
  });
}
