import type { Condition, LabelStatus, LabelValue, Outcome, Sort } from "@countersign/core";

/** A record with all that a condition can ask of it. */
export interface NaiveRecord {
  readonly id: number;
  readonly key: string;
  readonly content: string;
  readonly labels: readonly {
    readonly by: { readonly job: number } | { readonly person: string } | { readonly gold: true };
    readonly name: string;
    readonly value: LabelValue;
    readonly confidence: number | null;
    readonly status: LabelStatus;
  }[];
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

/** The records that a search finds, in its order, worked out one by one. */
export function naiveSearch(
  records: readonly NaiveRecord[],
  where: Condition,
  sort: Sort,
): NaiveRecord[] {
  return records.filter((record) => holds(record, where)).sort(comparison(sort));
}

function holds(record: NaiveRecord, where: Condition): boolean {
  if ("all" in where) return where.all.every((inner) => holds(record, inner));
  if ("any" in where) return where.any.some((inner) => holds(record, inner));
  if ("not" in where) return !where.not.some((inner) => holds(record, inner));
  if ("key" in where) return where.key.includes(record.key);
  if ("outcome" in where) {
    const outcome = record.outcomes.get(where.outcome.job);
    return outcome !== undefined && where.outcome.is.includes(outcome);
  }
  if ("regex" in where)
    return new RegExp(where.regex.pattern, where.regex.caseSensitive ? "" : "i").test(
      record.content,
    );
  if ("keyword" in where) {
    const { text, caseSensitive } = where.keyword;
    return caseSensitive
      ? record.content.includes(text)
      : record.content.toLowerCase().includes(text.toLowerCase());
  }
  const { by, name, value, confidence, status } = where.label;
  return record.labels.some(
    (label) =>
      (by ? JSON.stringify(by) === JSON.stringify(label.by) : !("gold" in label.by)) &&
      (name === undefined || name === label.name) &&
      (!value || value.some((one) => JSON.stringify(one) === JSON.stringify(label.value))) &&
      (!status || status.includes(label.status)) &&
      within(label.confidence, confidence ?? {}),
  );
}

type Bounds = { ">="?: number; ">"?: number; "<="?: number; "<"?: number };

function within(
  confidence: number | null,
  bounds: { [Operator in keyof Bounds]: Bounds[Operator] | undefined },
): boolean {
  const { ">=": atLeast, ">": above, "<=": atMost, "<": below } = bounds;
  if (confidence === null)
    return [atLeast, above, atMost, below].every((bound) => bound === undefined);
  return (
    (atLeast === undefined || confidence >= atLeast) &&
    (above === undefined || confidence > above) &&
    (atMost === undefined || confidence <= atMost) &&
    (below === undefined || confidence < below)
  );
}

function comparison(sort: Sort): (a: NaiveRecord, b: NaiveRecord) => number {
  const sign = sort.order === "ascending" ? 1 : -1;
  if (sort.by !== "confidence")
    return (a, b) => sign * (a[sort.by] < b[sort.by] ? -1 : a[sort.by] > b[sort.by] ? 1 : 0);
  const confidenceOf = (record: NaiveRecord) =>
    record.labels.find(
      (label) => "job" in label.by && label.by.job === sort.job && label.name === sort.name,
    )?.confidence ?? null;
  return (a, b) => {
    const [one, other] = [confidenceOf(a), confidenceOf(b)];
    if (one === null && other === null) return a.id - b.id;
    if (one === null) return 1;
    if (other === null) return -1;
    return sign * (one - other || a.id - b.id);
  };
}
