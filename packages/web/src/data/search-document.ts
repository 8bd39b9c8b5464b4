import type { Condition, LabelDefinition, OneAnnotator, Sort } from "@countersign/core";
import { saying } from "../label/saying.ts";
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
  labelCondition(search, undefined, undefined) !== undefined;

/**
 * The search document that the address stands for.
 *
 * @param labels the schema's, of which the first is meant where the address names none; none without a schema
 */
export function searchDocument(search: DataSearch, labels: readonly LabelDefinition[]): Asked {
  const name = search.label ?? labels[0]?.name;
  const definition = labels.find((label) => label.name === name);
  const conditions: Condition[] = [];
  if (search.keyword !== undefined)
    conditions.push({ keyword: { text: search.keyword, caseSensitive: false } });
  const labelled = labelCondition(search, name, definition);
  if (labelled) conditions.push(labelled);
  conditions.push(...(search.and ?? []));
  const [only] = conditions;
  const where = conditions.length > 1 ? { all: conditions } : only;
  return { ...(where && { where }), sort: search.sort ?? sort(search, name) };
}

/** Whose labels an address means. */
export function annotatorOf(by: NonNullable<DataSearch["by"]>): OneAnnotator {
  if (typeof by === "number") return { job: by };
  if (by === "gold") return { gold: true };
  const name = by.slice(by.indexOf(":") + 1);
  return by.startsWith("model:") ? { model: name } : { person: name };
}

function labelCondition(
  { by, values, standing, from, below }: DataSearch,
  name: string | undefined,
  definition: LabelDefinition | undefined,
): Condition | undefined {
  const whose = {
    ...(name !== undefined && { name }),
    ...(by !== undefined && { by: annotatorOf(by) }),
  };
  if (standing === "none") return { not: [{ label: whose }] };
  const confidence = {
    ...(from !== undefined && { ">=": from }),
    ...(below !== undefined && { "<": below }),
  };
  const asked = {
    ...(values && saying(definition, values)),
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
