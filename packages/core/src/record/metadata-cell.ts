import type { MetadataValues } from "./metadata.ts";

/**
 * What a cell of a table without types means as metadata: numbers, true and false, and lists of numbers are read as such,
 * everything else is text. A number that would be written otherwise, as 007 or 1e400, is text.
 */
export function valueOfCell(cell: string): MetadataValues[string] {
  if (!/^(-?\d|true$|false$|\[)/.test(cell)) return cell;
  try {
    const value: unknown = JSON.parse(cell);
    if (typeof value === "number" || typeof value === "boolean") return exact(value) ? value : cell;
    if (Array.isArray(value) && value.every((one) => typeof one === "number" && exact(one)))
      return value;
  } catch {
    // It only looks like one.
  }
  return cell;
}

const exact = (value: number | boolean): boolean =>
  typeof value === "boolean" ||
  (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)));
