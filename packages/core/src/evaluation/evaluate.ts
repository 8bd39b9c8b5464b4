import type { OneAnnotator } from "../search/annotator.ts";
import type { ClassMeasures, Evaluation } from "./evaluation.ts";
import type { KindMeasures } from "./measures.ts";
import { wilson } from "./wilson.ts";

/** How often one value was given where the truth is another; null where there is no label. */
export interface ValuePair {
  readonly gold: string;
  readonly predicted: string | null;
  readonly n: number;
}

/** How often labels and truth are the same, where neither are counted value by value. */
export interface Agreement {
  readonly hits: number;
  readonly labelled: number;
  readonly total: number;
}

/** What an evaluation is made of, as counts, so that it costs the same for any number of records. */
export interface Evaluated {
  readonly label: string;
  /** Whose labels are measured. */
  readonly of: OneAnnotator;
  /** Every pair of values, or only how often they agree. */
  readonly pairs: readonly ValuePair[] | Agreement;
  readonly measures: KindMeasures | null;
  /** The label's option values, or the numbers of a rating, in schema order. */
  readonly options: readonly string[];
  /** Records left out because the prompt told their answer. */
  readonly examples: number;
  readonly unknownGold: readonly { readonly value: string; readonly n: number }[];
}

/**
 * Measures labels against the truth. Accuracy, kappa and the classes' measures are of the records that are labelled; coverage says how many those are. A measure is null where its denominator is 0; macro F1 is the mean over the
 * classes that occur as truth or as label. Classes stand in schema order, values that are no option any more after them.
 */
export function evaluate({
  label,
  of,
  pairs,
  measures,
  options,
  examples,
  unknownGold,
}: Evaluated): Evaluation {
  const job = "job" in of ? of.job : null;
  const about = { label, of, job, measures, examples, unknownGold: [...unknownGold] };
  if ("hits" in pairs)
    return {
      ...about,
      coverage: wilson(pairs.labelled, pairs.total),
      accuracy: wilson(pairs.hits, pairs.labelled),
      kappa: null,
      macroF1: null,
      classes: [],
      confusion: [],
    };
  const counted = merged(pairs);
  const labelled = counted.filter((pair) => pair.predicted !== null);
  const hits = total(labelled.filter((pair) => pair.gold === pair.predicted));
  const n = total(labelled);
  const values = new Set([
    ...options,
    ...counted.flatMap(({ gold, predicted }) => (predicted === null ? [gold] : [gold, predicted])),
  ]);
  const classes = [...values].map((value) => classMeasures(value, counted, labelled));
  return {
    ...about,
    coverage: wilson(n, total(counted)),
    accuracy: wilson(hits, n),
    kappa: kappa(hits, n, classes),
    macroF1: mean(classes.flatMap(({ f1 }) => f1 ?? [])),
    classes,
    confusion: counted.map(({ gold, predicted, n }) => ({ gold, predicted, n })),
  };
}

/** Pairs that occur several times, as one. */
function merged(pairs: readonly ValuePair[]): ValuePair[] {
  const counts = new Map<string, ValuePair>();
  for (const { gold, predicted, n } of pairs) {
    const key = JSON.stringify([gold, predicted]);
    counts.set(key, { gold, predicted, n: n + (counts.get(key)?.n ?? 0) });
  }
  return [...counts.values()];
}

const total = (pairs: readonly ValuePair[]): number => pairs.reduce((sum, { n }) => sum + n, 0);

function classMeasures(
  value: string,
  all: readonly ValuePair[],
  labelled: readonly ValuePair[],
): ClassMeasures {
  const isGold = labelled.filter((pair) => pair.gold === value);
  const isPredicted = labelled.filter((pair) => pair.predicted === value);
  const hits = total(isGold.filter((pair) => pair.predicted === value));
  const [gold, predicted] = [total(isGold), total(isPredicted)];
  return {
    value,
    precision: wilson(hits, predicted),
    recall: wilson(hits, gold),
    f1: gold + predicted === 0 ? null : (2 * hits) / (gold + predicted),
    gold: total(all.filter((pair) => pair.gold === value)),
    predicted,
  };
}

/**
 * Cohen's kappa (Cohen 1960): agreement beyond what two annotators with these frequencies would reach by chance. Null
 * where chance agreement is 1, both having given one and the same value to all.
 */
function kappa(hits: number, n: number, classes: readonly ClassMeasures[]): number | null {
  if (n === 0) return null;
  const chance = classes.reduce((sum, { recall, predicted }) => sum + recall.n * predicted, 0);
  // Compared as whole numbers, so that rounding cannot hide a chance agreement of 1.
  return chance === n * n ? null : (hits * n - chance) / (n * n - chance);
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
