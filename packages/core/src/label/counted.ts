import { ratingOf } from "../schema/scale.ts";
import type { LabelDefinition, NumberLabel } from "../schema/schema.ts";
import type { LabelValue } from "./label.ts";
import { saidIn } from "./said.ts";

/**
 * Under which values a label is counted, so that the counts of any number of labels stay few: an option counts under
 * itself, a list under each of its options, spans under theirs, a rating under its number, another number under a range
 * of them. A ranking counts under the option it puts first. Texts are not counted.
 */
export function countedAs(definition: LabelDefinition, value: LabelValue): string[] {
  const said = saidIn(value);
  if (definition.kind === "ranking") return said.slice(0, 1).map(String);
  return said.flatMap((one) => countedFact(definition, one));
}

function countedFact(definition: LabelDefinition, fact: string | number): string[] {
  if (definition.kind === "text") return [];
  if (definition.kind === "number")
    return typeof fact === "number" ? [rangeOf(definition, fact)] : [];
  return [String(fact)];
}

/** What is nearer to 0 counts as 0. */
const smallest = 1e-300;

/** Ranges that a bounded scale is parted into. */
const ranges = 10;

/** A rating is its own range; of other numbers it is a tenth of the scale, or, without bounds, 1, 2 or 5 times a power of ten. */
function rangeOf(definition: NumberLabel, number: number): string {
  if (ratingOf(definition)) return String(number);
  const { min, max } = definition;
  if (min !== undefined && max !== undefined) {
    const width = (max - min) / ranges;
    const at = Math.min(ranges - 1, Math.floor((number - min) / width));
    return written(min + at * width, min + (at + 1) * width);
  }
  // Below this a power of ten is 0 itself.
  if (Math.abs(number) < smallest) return "0";
  const power = 10 ** Math.floor(Math.log10(Math.abs(number)));
  const lead = Math.abs(number) / power;
  const [low, high] = lead >= 5 ? [5, 10] : lead >= 2 ? [2, 5] : [1, 2];
  return number > 0 ? written(low * power, high * power) : written(-high * power, -low * power);
}

const written = (low: number, high: number): string => `${tidy(low)} to ${tidy(high)}`;

const tidy = (number: number): number => Number(number.toPrecision(12));

/** The values that labels are counted under and that are known beforehand, in order: options, or a rating's numbers. */
export const countedValues = (definition: LabelDefinition): readonly string[] =>
  "options" in definition
    ? definition.options.map(({ value }) => value)
    : (ratingOf(definition)?.map(String) ?? []);
