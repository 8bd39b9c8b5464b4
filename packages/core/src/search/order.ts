import { comparedValue, compareText, type Scalar } from "./comparison.ts";
import type { SearchedLabel, SearchedRecord } from "./evaluate.ts";
import { momentOf } from "./moment.ts";
import type { LabelFact, Sort } from "./sort.ts";

/**
 * Records in an order; those that have nothing to be ordered by come last, in order of id.
 *
 * @param scores similarity by record id
 * @param membersOf ids of a frozen subset, in its order
 */
export function inSortOrder(
  records: readonly SearchedRecord[],
  sort: Sort,
  scores: ReadonlyMap<number, number>,
  membersOf: (subset: string) => readonly number[],
): SearchedRecord[] {
  const sign = sort.order === "ascending" ? 1 : -1;
  const keyOf = sortKey(sort, scores, membersOf);
  return records
    .map((record) => ({ record, key: keyOf(record) }))
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined) {
        if (a.key === b.key) return a.record.id - b.record.id;
        return a.key === undefined ? 1 : -1;
      }
      return sign * (compareKeys(a.key, b.key) || a.record.id - b.record.id);
    })
    .map(({ record }) => record);
}

function sortKey(
  sort: Sort,
  scores: ReadonlyMap<number, number>,
  membersOf: (subset: string) => readonly number[],
): (record: SearchedRecord) => SortKey | undefined {
  switch (sort.by) {
    case "id":
      return ({ id }) => id;
    case "key":
      return ({ key }) => key;
    case "metadata":
      return ({ metadata }) =>
        Object.hasOwn(metadata, sort.name) ? comparedValue(metadata[sort.name]) : undefined;
    case "confidence":
      return labelKey(sort.name, { job: sort.job }, "confidence");
    case "label":
      return labelKey(sort.name, sort.of, sort.fact);
    case "similarity":
      return ({ id }) => scores.get(id);
    case "subset": {
      const places = new Map(membersOf(sort.subset).map((id, place) => [id, place]));
      return ({ id }) => places.get(id);
    }
  }
}

function labelKey(name: string, of: SearchedLabel["by"], fact: LabelFact) {
  const meant = JSON.stringify(of);
  return ({ labels }: SearchedRecord): SortKey | undefined => {
    const label = labels.find((one) => one.name === name && JSON.stringify(one.by) === meant);
    return label && factOf(label, fact);
  };
}

function factOf(label: SearchedLabel, fact: LabelFact): SortKey | undefined {
  if (typeof fact === "object")
    return Object.hasOwn(label.metadata, fact.metadata)
      ? comparedValue(label.metadata[fact.metadata])
      : undefined;
  switch (fact) {
    case "value":
      return Array.isArray(label.value)
        ? label.value.map((one) => (typeof one === "string" ? one : JSON.stringify(one)))
        : label.value;
    case "confidence":
      return label.confidence ?? undefined;
    case "status":
      return label.status;
    case "createdAt":
      return momentOf(label.createdAt);
    case "verifiedAt":
      return label.verified ? momentOf(label.verified.at) : undefined;
    case "verifiedBy":
      return label.verified?.by;
  }
}

/** A list of values stands after every value alone, a shorter list before a longer one. */
type SortKey = Scalar | readonly string[];

function compareKeys(a: SortKey, b: SortKey): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (typeof a === "object" && typeof b === "object") {
    if (a.length !== b.length) return a.length - b.length;
    const differences = a.map((one, at) => compareText(one, b[at] ?? ""));
    return differences.find((difference) => difference !== 0) ?? 0;
  }
  return rankOf(a) - rankOf(b) || Number(a) - Number(b);
}

const ranks = ["string", "number", "boolean", "object"];
const rankOf = (key: SortKey): number => ranks.indexOf(typeof key);
