import { z } from "zod";
import { momentOf } from "./moment.ts";

/** Longer strings in metadata are texts to be read: they exist, but are neither compared nor sorted by. */
export const longestCompared = 500;

const Text = z.string().max(longestCompared);
const Scalar = z.union([Text, z.number(), z.boolean()]);
const Ordered = z.union([Text, z.number()]);

/** The operators that ask for an order. */
export const orderings = ["<", "<=", ">", ">="] as const;
export type Ordering = (typeof orderings)[number];

/**
 * What is asked of one value of metadata; all of it must hold. Only values of one type compare: a string is never less
 * than a number. Two strings that both write a moment in ISO 8601 compare as moments, and a moment is never less than a
 * string that writes none.
 */
export const Comparison = z
  .strictObject({
    "==": Scalar.optional(),
    "!=": Scalar.optional().meta({ description: "There is a value, and it is another" }),
    "<": Ordered.optional(),
    "<=": Ordered.optional(),
    ">": Ordered.optional(),
    ">=": Ordered.optional(),
    in: z.array(Scalar).max(1000).optional().meta({ description: "Any of these" }),
    exists: z.boolean().optional(),
  })
  .refine((asked) => Object.values(asked).some((operand) => operand !== undefined), {
    error: "A comparison needs an operator: ==, !=, <, <=, >, >=, in or exists.",
  })
  .meta({ id: "Comparison" });
export type Comparison = z.infer<typeof Comparison>;
export type Scalar = z.infer<typeof Scalar>;

/** Name in the metadata → what is asked of its value; all must hold. */
export const MetadataComparisons = z
  .record(z.string(), Comparison)
  .refine((names) => Object.keys(names).length > 0, {
    error: "Name what of the metadata is compared.",
  })
  .meta({ id: "MetadataComparisons" });
export type MetadataComparisons = z.infer<typeof MetadataComparisons>;

/** Bounds of a number. */
export const Bounds = z.strictObject({
  ">=": z.number().optional(),
  ">": z.number().optional(),
  "<=": z.number().optional(),
  "<": z.number().optional(),
});
export type Bounds = z.infer<typeof Bounds>;

const Moment = z.string().refine((text) => momentOf(text) !== undefined, {
  error: "A moment looks like 2026-01-31 or 2026-01-31T12:00:00Z.",
});

/** Bounds of a moment, each a day or a day with a time, in ISO 8601; without a zone, UTC is meant. */
export const MomentBounds = z
  .strictObject({
    ">=": Moment.optional(),
    ">": Moment.optional(),
    "<=": Moment.optional(),
    "<": Moment.optional(),
  })
  .meta({ id: "MomentBounds" });
export type MomentBounds = z.infer<typeof MomentBounds>;

/** What of a JSON value is compared and sorted by: a short string, a number or a boolean; of anything else nothing. */
export function comparedValue(value: unknown): Scalar | undefined {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  return value.length <= longestCompared || [...value].length <= longestCompared
    ? value
    : undefined;
}

/** Whether all that is asked of a value holds; of a missing one nothing does but that it does not exist. */
export function compares(value: unknown, asked: Comparison): boolean {
  const compared = comparedValue(value);
  const { "==": equal, "!=": other, in: any, exists } = asked;
  if (exists !== undefined && (value !== undefined && value !== null) !== exists) return false;
  if (equal !== undefined && !same(compared, equal)) return false;
  if (other !== undefined && (compared === undefined || same(compared, other))) return false;
  if (any !== undefined && !any.some((one) => same(compared, one))) return false;
  return orderings.every((ordering) => {
    const operand = asked[ordering];
    if (operand === undefined) return true;
    const difference = differenceOf(compared, operand);
    return difference !== undefined && inOrder(difference, ordering);
  });
}

/** Whether a number lies within bounds; none lies within none, and only within none. */
export const within = (
  number: number | null,
  bounds: { [Each in Ordering]?: number | undefined },
) =>
  orderings.every((ordering) => {
    const bound = bounds[ordering];
    return bound === undefined || (number !== null && inOrder(number - bound, ordering));
  });

/** Bounds of a moment in seconds since 1970. */
export const inSeconds = (bounds: MomentBounds): { [Each in Ordering]?: number | undefined } =>
  Object.fromEntries(orderings.map((ordering) => [ordering, momentOf(bounds[ordering] ?? "")]));

const inOrder = (difference: number, ordering: Ordering): boolean =>
  ordering === "<"
    ? difference < 0
    : ordering === "<="
      ? difference <= 0
      : ordering === ">"
        ? difference > 0
        : difference >= 0;

const same = (value: Scalar | undefined, operand: Scalar): boolean =>
  typeof operand === "boolean" ? value === operand : differenceOf(value, operand) === 0;

/** Less than, equal to or greater than 0; undefined where the two do not compare. */
function differenceOf(value: Scalar | undefined, operand: Scalar): number | undefined {
  if (typeof value === "number" && typeof operand === "number") return value - operand;
  if (typeof value !== "string" || typeof operand !== "string") return undefined;
  const moment = momentOf(operand);
  if (moment === undefined) return compareText(value, operand);
  const at = momentOf(value);
  return at === undefined ? undefined : at - moment;
}

/** Orders texts by code point, as the database does. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  for (;;) {
    const [one, other] = [left.next(), right.next()];
    if (one.done || other.done) return one.done ? (other.done ? 0 : -1) : 1;
    const difference = (one.value.codePointAt(0) ?? 0) - (other.value.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
}
