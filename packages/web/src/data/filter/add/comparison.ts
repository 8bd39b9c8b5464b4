import type { Comparison } from "@countersign/core";
import { scalarOf, type Written } from "../../metadata/typed.ts";

/** What a value can be asked, with the words for it. */
export const operators = [
  { value: "==", label: "is" },
  { value: "!=", label: "is not" },
  { value: "<", label: "is less than" },
  { value: "<=", label: "is at most" },
  { value: ">", label: "is more than" },
  { value: ">=", label: "is at least" },
  { value: "in", label: "is any of" },
  { value: "exists", label: "is there" },
  { value: "missing", label: "is missing" },
] as const;

export type Operator = (typeof operators)[number]["value"];

/** A comparison as it is being written. */
export interface Compared {
  readonly operator: Operator;
  readonly operand: Written;
  /** For `in`. */
  readonly several: readonly string[];
}

export const nothingCompared: Compared = {
  operator: "==",
  operand: { kind: "text", text: "" },
  several: [],
};

/** The comparison that is written; undefined while something is missing of it. */
export function comparisonOf({ operator, operand, several }: Compared): Comparison | undefined {
  if (operator === "exists" || operator === "missing") return { exists: operator === "exists" };
  if (operator === "in") {
    const values = several.map((text) => scalarOf({ kind: operand.kind, text }));
    const fit = values.filter((value) => value !== undefined);
    return fit.length > 0 && fit.length === values.length ? { in: fit } : undefined;
  }
  const value = scalarOf(operand);
  if (value === undefined) return undefined;
  if (typeof value === "boolean")
    return operator === "==" || operator === "!=" ? { [operator]: value } : undefined;
  return { [operator]: value };
}
