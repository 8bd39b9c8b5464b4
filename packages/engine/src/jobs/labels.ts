import { err, type LabelStatus, ok, type Problem, type Result } from "@countersign/core";
import { type RawBuilder, sql } from "kysely";
import type { Engine } from "../engine.ts";
import { carrierSince } from "../schemas/index.ts";
import { findNamedJob, type JobInput } from "./find.ts";
import { labelCounter } from "./progress.ts";

/** One job's labels of one name, counted. */
export interface LabelSummary {
  readonly label: string;
  readonly statuses: Record<LabelStatus, number>;
  /** Commonest first, as the job counts its labels: options, numbers or ranges of them; no texts. */
  readonly values: { value: string; n: number }[];
  /** Labels per twentieth of confidence, 0–0.05 first. */
  readonly histogram: number[];
  /** How many of each twentieth are verified. */
  readonly verified: number[];
  /** Labels without a confidence. */
  readonly unmeasured: number;
}

const bins = 20;

interface ValueCount {
  readonly value: string;
  readonly n: number;
}

const countOptions = (labels: RawBuilder<unknown>) => sql<ValueCount>`
  select value, count(*) as n
  from (select jsonb_array_elements_text(
      case jsonb_typeof(value) when 'array' then value else jsonb_build_array(value) end) as value
    from ${labels}) as options
  group by value order by n desc, value`;

/** Numbers, rankings and spans as the job's running totals count them: their values are too many to be told one by one. */
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
  if (!found.value.job.labels.includes(label))
    return err({
      type: "label-not-in-schema",
      what: `Job ${input.job} was not asked for a label named “${label}”.`,
      next: `It was asked for: ${found.value.job.labels.map((name) => `“${name}”`).join(", ")}.`,
    });
  const annotator = sql`(select id from annotators where job_id = ${input.job})`;
  const these = sql`labels where annotator_id = ${annotator} and name = ${label}`;
  const carrier = await carrierSince(db, found.value.project.id, found.value.job.schemaVersion);
  const definition = carrier.definition(label, found.value.job.schemaVersion);
  const chosen =
    definition?.level === "record" &&
    (definition.kind === "single" || definition.kind === "multiple");
  const [statuses, values, confidences] = await Promise.all([
    sql<{ status: LabelStatus; n: number }>`
      select status, count(*) as n from ${these} group by status`.execute(db),
    (chosen ? countOptions(these) : countRanges(input.job, label)).execute(db),
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
