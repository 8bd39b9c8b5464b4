import { type ConfidenceMethod, type Confidences, ok, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { findLabels, type LabelsInput, type LabelsProblem, theseLabels } from "./find.ts";

interface Counted {
  readonly method: ConfidenceMethod;
  readonly labels: number;
}

/** By which methods a job's labels of one name have confidences, and which of them are in force. */
export async function list(
  engine: Engine,
  input: LabelsInput,
): Promise<Result<Confidences, LabelsProblem>> {
  const { db } = engine;
  const found = await findLabels(engine, input);
  if (!found.ok) return found;
  const these = theseLabels(input);
  const [{ rows: counted }, { rows: inForce }, { rows: kept }] = await Promise.all([
    sql<{ n: number }>`select count(*)::int as n from labels where ${these}`.execute(db),
    sql<Counted>`
      select confidence_method as method, count(*)::int as labels from labels
      where ${these} and confidence_method is not null
      group by confidence_method order by labels desc, method`.execute(db),
    sql<Counted>`
      select method, count(*)::int as labels from (
        select labels.id, confidence_method as method from labels
        where ${these} and confidence_method is not null
        union
        select labels.id, jsonb_object_keys(metadata->'confidences') from labels where ${these}
      ) as known
      group by method order by labels desc, method`.execute(db),
  ]);
  return ok({ label: input.label, labels: counted[0]?.n ?? 0, inForce, kept });
}
