import type { LabelDefinition, LabelStatus, LabelSummary } from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";

const bins = 20;

export type ValueCount = LabelSummary["values"][number];

/** Counts one annotator's labels of one name by status, value and confidence. */
export async function summarise(
  db: Kysely<Database>,
  {
    annotator,
    label,
    definition,
    ranges,
  }: {
    readonly annotator: RawBuilder<number>;
    readonly label: string;
    /** What the labels are read by; undefined where no schema has them any more. */
    readonly definition: LabelDefinition | undefined;
    /** Counts numbers, rankings and spans, whose values are too many to be told one by one; left out, none are told. */
    readonly ranges?: RawBuilder<ValueCount>;
  },
): Promise<LabelSummary> {
  const these = sql`labels where annotator_id = ${annotator} and name = ${label}`;
  const chosen =
    definition?.level === "record" &&
    (definition.kind === "single" || definition.kind === "multiple");
  const counting = chosen ? countOptions(these) : ranges;
  const [statuses, values, confidences] = await Promise.all([
    sql<{ status: LabelStatus; n: number }>`
      select status, count(*) as n from ${these} group by status`.execute(db),
    counting?.execute(db),
    // A confidence of 1 belongs to the last bin, not beyond it; none at all would be the last to `least`, too.
    sql<{ bin: number | null; n: number; verified: number }>`
      select case when confidence is not null then least(width_bucket(confidence, 0, 1, ${bins}), ${bins}) end as bin, count(*) as n,
        count(*) filter (where status <> 'unverified') as verified
      from ${these} group by bin`.execute(db),
  ]);
  const ofStatus = (status: LabelStatus) =>
    statuses.rows.find((row) => row.status === status)?.n ?? 0;
  const ofBin = (bin: number | null) => confidences.rows.find((row) => row.bin === bin);
  return {
    label,
    statuses: {
      unverified: ofStatus("unverified"),
      confirmed: ofStatus("confirmed"),
      corrected: ofStatus("corrected"),
    },
    values: values?.rows ?? [],
    histogram: Array.from({ length: bins }, (_, index) => ofBin(index + 1)?.n ?? 0),
    verified: Array.from({ length: bins }, (_, index) => ofBin(index + 1)?.verified ?? 0),
    unmeasured: ofBin(null)?.n ?? 0,
  };
}

const countOptions = (labels: RawBuilder<unknown>) => sql<ValueCount>`
  select value, count(*) as n
  from (select jsonb_array_elements_text(
      case jsonb_typeof(value) when 'array' then value else jsonb_build_array(value) end) as value
    from ${labels}) as options
  group by value order by n desc, value`;
