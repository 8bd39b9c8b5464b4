import type { Condition, Sort } from "@countersign/core";
import type { DataSearch } from "./search.ts";

/** What records are asked for, and in which order. */
export interface Asked {
  readonly where?: Condition;
  readonly sort: Sort;
}

/** Whether the address narrows the records at all. */
export const isNarrowed = (search: DataSearch): boolean =>
  search.keyword !== undefined ||
  search.and !== undefined ||
  labelCondition(search, undefined) !== undefined;

/**
 * The search document that the address stands for.
 *
 * @param firstLabel the schema's first label, meant where the address names none; undefined without a schema
 */
export function searchDocument(search: DataSearch, firstLabel: string | undefined): Asked {
  const name = search.label ?? firstLabel;
  const conditions: Condition[] = [];
  if (search.keyword !== undefined)
    conditions.push({ keyword: { text: search.keyword, caseSensitive: false } });
  const labelled = labelCondition(search, name);
  if (labelled) conditions.push(labelled);
  conditions.push(...(search.and ?? []));
  const [only] = conditions;
  const where = conditions.length > 1 ? { all: conditions } : only;
  return { ...(where && { where }), sort: search.sort ?? sort(search, name) };
}

function labelCondition(
  { by, values, standing, from, below }: DataSearch,
  name: string | undefined,
): Condition | undefined {
  const whose = {
    ...(name !== undefined && { name }),
    ...(by !== undefined && { by: by === "gold" ? { gold: true as const } : { job: by } }),
  };
  if (standing === "none") return { not: [{ label: whose }] };
  const confidence = {
    ...(from !== undefined && { ">=": from }),
    ...(below !== undefined && { "<": below }),
  };
  const asked = {
    ...(values && { value: [...values] }),
    ...(standing !== "any" && { status: [standing] }),
    ...(Object.keys(confidence).length > 0 && { confidence }),
  };
  if (Object.keys(asked).length === 0 && by === undefined) return undefined;
  return { label: { ...whose, ...asked } };
}

/** Confidence orders one job's labels of one name; without them the order is that of the import. */
function sort({ order, by }: DataSearch, name: string | undefined): Asked["sort"] {
  if (order === "key") return { by: "key", order: "ascending" };
  if (order === "imported" || typeof by !== "number" || name === undefined)
    return { by: "id", order: "ascending" };
  return {
    by: "confidence",
    job: by,
    name,
    order: order === "least-confident" ? "ascending" : "descending",
  };
}
