import {
  type AssignedRecord,
  type Label,
  standingVerdict,
  type TextRecord,
  type Verification,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import { type LabelRow, selectLabels, toLabel } from "../labels/select.ts";
import type { ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { selectVerifications } from "../verifications/select.ts";
import type { Terms } from "./find.ts";

type Held = TextRecord & { readonly until: string };

/**
 * The records in a person's hand, in the assignment's order, each with the labels that they may see: their own, and the
 * job's where these are to be judged or shown. On a label only the person's own verdict is told. What is to be judged
 * unseen is named alone.
 */
export async function inHand(
  db: Kysely<Database>,
  project: ProjectReference,
  terms: Terms,
  { name }: Actor,
  count: number,
): Promise<AssignedRecord[]> {
  const { rows } = await sql<Held>`
    select records.id, records.key, records.content, records.content_kind as kind, records.turns,
      records.metadata,
      records.created_at as "createdAt", part.until
    from assignment_parts as part
    join assignment_items as item
      on item.assignment_id = part.assignment_id and item.position = part.position
    join records on records.id = item.record_id
    where part.assignment_id = ${terms.id} and part.person = ${name} and part.state = 'held'
    order by part.position limit ${count}`.execute(db);
  const ids = rows.map(({ id }) => id);
  const labels = Map.groupBy(
    await visibleLabels(db, project, terms, name, ids),
    ({ record }) => record,
  );
  return rows.map(({ until, ...record }) => {
    const all = (labels.get(record.id) ?? []).map(({ label }) => label);
    return {
      record: { ...record, labels: all.filter((label) => !isUnseen(terms, label)) },
      toJudge: all
        .filter((label) => isUnseen(terms, label))
        .map(({ id, name }) => ({ label: id, name })),
      until,
    };
  });
}

/** Whether a label is the job's, hidden, and not judged by the person yet. */
const isUnseen = ({ mode, suggestion, job_id: job }: Terms, label: Label): boolean =>
  mode === "verify" &&
  suggestion === "hidden" &&
  label.annotator.job === job &&
  label.verified === null;

async function visibleLabels(
  db: Kysely<Database>,
  project: ProjectReference,
  { mode, suggestion, label_names: names, job_id: job }: Terms,
  person: string,
  records: readonly number[],
): Promise<{ readonly record: number; readonly label: Label }[]> {
  const showsJob = job !== null && (mode === "verify" || suggestion === "shown");
  const rows = await selectLabels(db)
    .where("labels.project_id", "=", project.id)
    .where("labels.record_id", "=", sql<number>`any(${records}::bigint[])`)
    .where("labels.name", "=", sql<string>`any(${names}::text[])`)
    .where((is) =>
      is.or([
        is.and([is("annotators.kind", "=", "person"), is("annotators.name", "=", person)]),
        ...(showsJob ? [is("annotators.job_id", "=", job)] : []),
      ]),
    )
    .orderBy("labels.id")
    .execute();
  const verdicts = await ownVerdicts(
    db,
    person,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    record: row.record_id,
    label: toLabel(asSeen(row, verdicts.get(row.id))),
  }));
}

/** The verdict of a person's own that stands on each label. */
export async function ownVerdicts(
  db: Kysely<Database>,
  person: string,
  labels: readonly number[],
): Promise<Map<number, Verification>> {
  const rows = await selectVerifications(db)
    .where("label_id", "=", sql<number>`any(${labels}::bigint[])`)
    .where("verifier", "=", person)
    .orderBy("id")
    .execute();
  const standing = new Map<number, Verification>();
  for (const [label, history] of Map.groupBy(rows, ({ label }) => label)) {
    const verdict = standingVerdict(history);
    if (verdict) standing.set(label, verdict);
  }
  return standing;
}

/** A label as one person sees it: judged by nobody but them. */
export const asSeen = (row: LabelRow, own: Verification | undefined): LabelRow => ({
  ...row,
  status: !own ? "unverified" : own.verdict === "CONFIRMS" ? "confirmed" : "corrected",
  verified_value: own?.value ?? null,
  verified_by: own?.verifier ?? null,
  verified_at: own?.at ?? null,
});
