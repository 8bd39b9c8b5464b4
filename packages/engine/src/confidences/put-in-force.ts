import type { ConfidenceChange, ConfidenceMethod } from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { type LabelsInput, theseLabels } from "./find.ts";

/** Labels that one call goes through at most, so that it answers within seconds also for a large job. */
const labelsACall = 20_000;

/**
 * Puts a method's confidences in force for the next labels, in order of id. What was in force before is kept under its
 * own method; a label that the method gives none has none then, rather than another's. Done twice, the second time
 * changes nothing.
 *
 * @param confidence SQL over `labels` and the table `chosen` of their ids: a confidence from 0 to 1, or null
 */
export async function putInForce(
  db: Kysely<Database>,
  input: LabelsInput & { readonly after?: number | undefined },
  method: ConfidenceMethod,
  confidence: RawBuilder<number | null>,
): Promise<ConfidenceChange> {
  const { rows } = await sql<{ seen: number; given: number; last: number | null }>`
    with chosen as (
      select labels.id from labels
      where ${theseLabels(input)} and labels.id > ${input.after ?? 0}
      order by labels.id limit ${labelsACall} for update
    ), measured as (
      select labels.id, (${confidence})::double precision as confidence
      from labels join chosen using (id)
    ), changed as (
      update labels set
        confidence = measured.confidence,
        confidence_method = case when measured.confidence is not null then ${method}::text end,
        metadata = jsonb_set(metadata, '{confidences}', ${keptAfter(method)})
      from measured where labels.id = measured.id
      returning measured.id, measured.confidence
    )
    select count(*)::int as seen, count(confidence)::int as given, max(id) as last from changed`.execute(
    db,
  );
  const { seen = 0, given = 0, last = null } = rows[0] ?? {};
  return {
    method,
    set: given,
    without: seen - given,
    next: seen < labelsACall || last === null ? null : String(last),
  };
}

/**
 * All confidences of a label by their methods, as SQL over `labels` and the table `measured`: those before, the one that
 * was in force, and the new one.
 */
export const keptAfter = (method: ConfidenceMethod) => sql`
  (coalesce(metadata->'confidences', '{}')
    || case when labels.confidence_method is null then '{}'
      else jsonb_build_object(labels.confidence_method, labels.confidence) end
    || case when measured.confidence is null then '{}'
      else jsonb_build_object(${method}::text, measured.confidence) end)`;
