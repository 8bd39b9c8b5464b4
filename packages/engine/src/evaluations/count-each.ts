import type { LabelDefinition, OneAnnotator, ValuePair } from "@countersign/core";
import type { Kysely } from "kysely";
import type { ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { countByColumn, countByLabel, mostPairs } from "./counting.ts";
import { readTruth, UnknownTruths, written } from "./truths.ts";

/** Every pair of values with how often it occurs. */
export interface EachCounted {
  readonly pairs: readonly ValuePair[];
  readonly measures: null;
  readonly unknown: readonly { value: string; n: number }[];
  /** Kinds of pairs whose truth is known. */
  readonly known: number;
}

/** Counts the pairs of a choice, of which there are few however many records there are. */
export async function countEach(
  db: Kysely<Database>,
  project: ProjectReference,
  of: OneAnnotator,
  definition: LabelDefinition,
  column: string | undefined,
  whose: OneAnnotator,
): Promise<EachCounted | "none" | "too many"> {
  const pairs =
    column === undefined
      ? await countByLabel(db, project, of, definition.name, whose)
      : await countByColumn(db, project, of, definition.name, column);
  if (pairs.length === 0) return "none";
  if (column !== undefined && pairs.length > mostPairs) return "too many";
  const known: ValuePair[] = [];
  const unknown = new UnknownTruths();
  for (const { truth, predicted, n } of pairs) {
    const gold = readTruth(definition, truth, column, "");
    if (gold === undefined) unknown.add(truth, n);
    else
      known.push({
        gold: written(gold),
        predicted: predicted === null ? null : written(predicted),
        n,
      });
  }
  return { pairs: known, measures: null, unknown: unknown.list(), known: known.length };
}
