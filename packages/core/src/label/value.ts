import { matchOption } from "../schema/match-option.ts";
import type { LabelDefinition } from "../schema/schema.ts";
import type { LabelValue } from "./label.ts";

/**
 * A value as it is stored: the value of an option or, for a multiple choice, of distinct options in the schema's order.
 * `undefined` where it is no value of the label.
 */
export function canonicalValue(
  definition: LabelDefinition,
  value: LabelValue,
): LabelValue | undefined {
  const options = definition.options.map((option) => option.value);
  if (definition.kind === "single")
    return typeof value === "string" && options.includes(value) ? value : undefined;
  if (typeof value === "string") return undefined;
  const chosen = new Set(value);
  const known = options.filter((option) => chosen.has(option));
  return known.length === value.length ? known : undefined;
}

/**
 * The value that a cell of a file stands for: an option's value or text, matched as {@link matchOption} does; for a
 * multiple choice a JSON list of them, or one alone. `undefined` where the cell is no value of the label.
 */
export function readValue(definition: LabelDefinition, cell: string): LabelValue | undefined {
  if (definition.kind === "single") return matchOption(definition, cell);
  const options = (listIn(cell) ?? [cell]).map((item) => matchOption(definition, item));
  return options.every((option) => option !== undefined)
    ? canonicalValue(definition, options)
    : undefined;
}

function listIn(cell: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(cell);
    return Array.isArray(list) && list.every((item) => typeof item === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}
