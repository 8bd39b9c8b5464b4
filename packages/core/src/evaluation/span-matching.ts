import type { SpanValue } from "../label/label.ts";

/** A span under one option: of a span with several options there is one for each. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly option: string;
  /** What has to be equal in an exact match. */
  readonly key: string;
}

/** How many spans two lists have in common, by option. */
export interface SpanCounts {
  gold: number;
  predicted: number;
  exact: number;
  overlap: number;
}

/**
 * Counts a record's spans into the totals of their options. Exact are those that begin, end and are the same (as CoNLL
 * 2003 and SemEval 2013 task 9, “strict”, count them); overlapping those of one option that share a character, each
 * matched once (SemEval 2013 task 9, “type”). Numbers and texts on spans are of no option: all of them are counted as
 * one, exact where the number or text is equal, too.
 *
 * @param ofOptions whether what is said of spans are options
 */
export function countSpans(
  gold: readonly SpanValue[],
  predicted: readonly SpanValue[],
  totals: Map<string, SpanCounts>,
  ofOptions: boolean,
): void {
  const a = byOption(gold, ofOptions);
  const b = byOption(predicted, ofOptions);
  for (const option of new Set([...a.keys(), ...b.keys()])) {
    const [as, bs] = [a.get(option) ?? [], b.get(option) ?? []];
    const counts = totals.get(option) ?? { gold: 0, predicted: 0, exact: 0, overlap: 0 };
    totals.set(option, counts);
    counts.gold += as.length;
    counts.predicted += bs.length;
    const keys = new Set(as.map(({ key }) => key));
    counts.exact += bs.filter(({ key }) => keys.has(key)).length;
    counts.overlap += overlapping(as, bs);
  }
}

const byOption = (spans: readonly SpanValue[], ofOptions: boolean): Map<string, Part[]> =>
  Map.groupBy(
    spans.flatMap(({ start, end, value }) =>
      [value].flat().map(
        (said): Part => ({
          start,
          end,
          option: ofOptions ? String(said) : "",
          key: JSON.stringify([start, end, said]),
        }),
      ),
    ),
    ({ option }) => option,
  );

/**
 * The most pairs of spans that share a character, each span in one pair at most. Both lists are swept from left to
 * right, and each span meets the one that ends first of those still free.
 */
function overlapping(a: readonly Part[], b: readonly Part[]): number {
  const free = [...b].sort(byEnd);
  let pairs = 0;
  for (const one of [...a].sort(byEnd)) {
    const at = free.findIndex((other) => other.start < one.end && one.start < other.end);
    if (at < 0) continue;
    free.splice(at, 1);
    pairs++;
  }
  return pairs;
}

const byEnd = (a: Part, b: Part): number => a.end - b.end || a.start - b.start;
