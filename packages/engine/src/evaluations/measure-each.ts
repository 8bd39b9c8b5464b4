import {
  type Agreement,
  type KindMeasures,
  type LabelDefinition,
  measuring,
  type OneAnnotator,
  ratingOf,
  sameValue,
  type ValuePair,
} from "@countersign/core";
import type { Kysely } from "kysely";
import type { ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { pairsAfter } from "./counting.ts";
import { readTruth, UnknownTruths, written } from "./truths.ts";

/** What comparing record by record came to. */
export interface EachMeasured {
  /** Of a rating every pair of numbers; of other kinds only how often labels equal gold. */
  readonly pairs: readonly ValuePair[] | Agreement;
  readonly measures: KindMeasures | null;
  readonly unknown: readonly { value: string; n: number }[];
  /** Records whose truth is known. */
  readonly known: number;
}

/** Measures numbers, texts, rankings and spans record by record, in memory that does not grow with the records. */
export async function measureEach(
  db: Kysely<Database>,
  project: ProjectReference,
  of: OneAnnotator,
  definition: LabelDefinition,
  column: string | undefined,
  whose: OneAnnotator,
): Promise<EachMeasured | "none"> {
  const taken = measuring(definition);
  const unknown = new UnknownTruths();
  const rated = ratingOf(definition) && definition.level === "record" ? new Pairs() : undefined;
  let [seen, known, labelled, hits, after] = [0, 0, 0, 0, 0];
  for (;;) {
    const pairs = await pairsAfter(db, {
      project,
      of,
      label: definition.name,
      column,
      whose,
      after,
    });
    if (pairs.length === 0) break;
    for (const { record, truth, predicted, content } of pairs) {
      after = record;
      seen++;
      const gold = readTruth(definition, truth, column, content);
      if (gold === undefined) {
        unknown.add(truth, 1);
        continue;
      }
      known++;
      rated?.add(gold, predicted);
      if (predicted === null) continue;
      labelled++;
      if (sameValue(gold, predicted)) hits++;
      taken?.add(gold, predicted);
    }
  }
  if (seen === 0) return "none";
  return {
    pairs: rated?.list() ?? { hits, labelled, total: known },
    measures: taken?.result() ?? null,
    unknown: unknown.list(),
    known,
  };
}

class Pairs {
  readonly #counts = new Map<string, ValuePair>();

  add(truth: Parameters<typeof written>[0], label: Parameters<typeof written>[0] | null): void {
    const [gold, predicted] = [written(truth), label === null ? null : written(label)];
    const key = JSON.stringify([gold, predicted]);
    this.#counts.set(key, { gold, predicted, n: (this.#counts.get(key)?.n ?? 0) + 1 });
  }

  list = (): ValuePair[] => [...this.#counts.values()];
}
