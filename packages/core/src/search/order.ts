import type { LabelValue, SpanValue } from "../label/label.ts";
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
      return label.value;
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

/**
 * Lists stand after every value alone, a shorter one before a longer one, but for the empty one, which comes first of
 * all. Spans are ordered by where they end, where they start and what is said of them.
 */
type SortKey = Scalar | LabelValue;

function compareKeys(a: SortKey, b: SortKey): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  return rankOf(a) - rankOf(b) || Number(a) - Number(b);
}

function compareLists(
  a: readonly (string | SpanValue)[],
  b: readonly (string | SpanValue)[],
): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [at, one] of a.entries()) {
    const difference = compareMembers(one, b[at] ?? "");
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareMembers(a: string | SpanValue, b: string | SpanValue): number {
  if (typeof a === "string" || typeof b === "string")
    return typeof a === typeof b
      ? compareText(String(a), String(b))
      : typeof a === "string"
        ? -1
        : 1;
  return a.end - b.end || a.start - b.start || compareKeys(a.value, b.value);
}

const ranks = ["string", "number", "boolean", "object"];
const rankOf = (key: SortKey): number =>
  Array.isArray(key) && key.length === 0 ? -1 : ranks.indexOf(typeof key);
