import { faultInCell } from "../file/limits.ts";

const deepest = 100;

/**
 * Why a JSON value cannot be searchable metadata; undefined where it can. Its numbers are read as doubles, as JSON's
 * readers do, so one that a double cannot tell from its neighbours would be found under the wrong value.
 */
export function faultInMetadata(value: unknown, levels = deepest): string | undefined {
  if (typeof value === "string") return faultInCell(value);
  if (typeof value === "number") {
    const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
    return exact ? undefined : "holds a number too large to be kept exactly; write it as text";
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (levels === 0) return `is nested deeper than ${deepest} levels`;
  for (const [name, inner] of Object.entries(value)) {
    const fault = faultInCell(name) ?? faultInMetadata(inner, levels - 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
