import {
  type ConfidenceChange,
  type ConfidenceMethod,
  err,
  type GivenConfidence,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findLabels, type LabelsInput, type LabelsProblem, theseLabels } from "./find.ts";
import { keptAfter } from "./put-in-force.ts";

/**
 * Puts confidences in force that a user worked out, all or none. What was in force before is kept under its own method.
 * Only the labels named are touched; null takes a label's confidence out of force.
 */
export async function give(
  engine: Engine,
  actor: Actor,
  input: LabelsInput & {
    readonly method: Extract<ConfidenceMethod, `user:${string}`>;
    readonly values: readonly GivenConfidence[];
  },
): Promise<Result<ConfidenceChange, LabelsProblem | Problem<"confidence-not-possible">>> {
  const { method, values } = input;
  const found = await findLabels(engine, input);
  if (!found.ok) return found;
  return engine.db.transaction().execute(async (db) => {
    const ids = values.map(({ label }) => label);
    const { rows: locked } = await sql<{ id: number }>`
      select labels.id from labels where ${theseLabels(input)} and labels.id = any(${ids}::bigint[])
      order by labels.id for update`.execute(db);
    const there = new Set(locked.map(({ id }) => id));
    const stray = ids.find((id) => !there.has(id));
    if (stray !== undefined || there.size < ids.length)
      return err({
        type: "confidence-not-possible",
        what:
          stray === undefined
            ? "A label is named twice."
            : `Label ${stray} is no label “${input.label}” of job ${input.job}.`,
        kept: "No confidence of this call was stored.",
        next: "Take the ids from the job's items: GET /projects/{project}/jobs/{job}/items.",
      });
    await sql`
      update labels set
        confidence = measured.confidence,
        confidence_method = case when measured.confidence is not null then ${method}::text end,
        metadata = jsonb_set(metadata, '{confidences}', ${keptAfter(method)})
      from unnest(${ids}::bigint[], ${values.map(({ confidence }) => confidence)}::double precision[])
        as measured (id, confidence)
      where labels.id = measured.id`.execute(db);
    engine.log.info({ job: input.job, actor: actor.name, method }, "confidences given");
    const set = values.filter(({ confidence }) => confidence !== null).length;
    return ok({ method, set, without: values.length - set, next: null });
  });
}
