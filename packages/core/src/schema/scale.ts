import type { LabelDefinition, NumberLabel } from "./schema.ts";

type Bounds = Pick<NumberLabel, "min" | "max" | "step">;

/** How far a number may lie beside a step, as a share of a step: what binary fractions make of decimal ones. */
const rounding = 1e-6;

/**
 * The number as the scale has it: 0.30000000000000004 on a scale of tenths is 0.3, and −0 is 0. `undefined` where it is
 * no number of the scale.
 */
export function onScale({ min, max, step }: Bounds, number: number): number | undefined {
  if (!Number.isFinite(number)) return undefined;
  const settled = step === undefined ? number : onStep(number, min ?? 0, step);
  if (settled === undefined) return undefined;
  if ((min !== undefined && settled < min) || (max !== undefined && settled > max))
    return undefined;
  return settled === 0 ? 0 : settled;
}

function onStep(number: number, from: number, step: number): number | undefined {
  const steps = (number - from) / step;
  const whole = Math.round(steps);
  if (!Number.isSafeInteger(whole) || Math.abs(steps - whole) > rounding) return undefined;
  // Written with no more decimals than bounds and step have, so that equal numbers are equal.
  return Number((from + whole * step).toFixed(Math.max(decimals(from), decimals(step))));
}

function decimals(number: number): number {
  const [digits = "", exponent = "0"] = String(number).split("e");
  const fraction = digits.split(".")[1]?.length ?? 0;
  return Math.min(20, Math.max(0, fraction - Number(exponent)));
}

/** The numbers of a scale in order, where there are no more than `most`; `undefined` for any other label. */
export function scaleOf(label: LabelDefinition, most: number): readonly number[] | undefined {
  if (label.kind !== "number") return undefined;
  const { min, max, step } = label;
  if (min === undefined || max === undefined || step === undefined) return undefined;
  const steps = Math.round((max - min) / step);
  if (steps >= most) return undefined;
  return Array.from({ length: steps + 1 }, (_, at) => onScale(label, min + at * step) ?? min);
}

/** The most numbers of a scale that are chosen from rather than typed, and counted one by one. */
export const longestRating = 11;

/** The numbers of a rating, in order; `undefined` where a label is none. */
export const ratingOf = (label: LabelDefinition): readonly number[] | undefined =>
  scaleOf(label, longestRating);
