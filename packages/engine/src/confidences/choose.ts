import {
  type ConfidenceChange,
  type ConfidenceMethod,
  err,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { readCursor } from "../jobs/cursor.ts";
import { findLabels, type LabelsInput, type LabelsProblem } from "./find.ts";
import { list } from "./list.ts";
import { putInForce } from "./put-in-force.ts";

/**
 * Puts another of the methods in force by which a job's labels of one name have a confidence. One call goes through
 * some of the labels; what it did stays done.
 */
export async function choose(
  engine: Engine,
  actor: Actor,
  input: LabelsInput & {
    readonly method: ConfidenceMethod;
    readonly after?: string | undefined;
  },
): Promise<Result<ConfidenceChange, LabelsProblem | Problem<"confidence-not-possible">>> {
  const { method } = input;
  const found = await findLabels(engine, input);
  if (!found.ok) return found;
  const known = await list(engine, input);
  if (!known.ok) return known;
  const methods = known.value.kept.map((one) => one.method);
  if (!methods.includes(method))
    return err({
      type: "confidence-not-possible",
      what: `No label of job ${input.job} has a confidence by ${method}.`,
      kept: "The confidences in force stay as they are.",
      next:
        methods.length === 0
          ? "Its labels have none by any method; run an agent that asks for one, or take the agreement with other jobs."
          : `There are: ${methods.join(", ")}.`,
    });
  const change = await putInForce(
    engine.db,
    { ...input, after: readCursor(input.after) },
    method,
    sql`case when labels.confidence_method = ${method} then labels.confidence
      else (labels.metadata->'confidences'->>${method})::double precision end`,
  );
  engine.log.info({ job: input.job, actor: actor.name, method }, "confidence chosen");
  return ok(change);
}
