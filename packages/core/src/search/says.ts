import { z } from "zod";
import type { LabelValue } from "../label/label.ts";
import { saidIn } from "../label/said.ts";
import { Bounds, orderings, within } from "./comparison.ts";
import { hasKeyword, Keyword } from "./keyword.ts";

const options = z.array(z.string()).min(1).max(1000).optional();

/**
 * What is asked of the pieces that a label's value says: its option, each of several, each of a ranking, its text; of spans
 * what is said of each. Bounds are asked of a number. All of it must hold. A whole value is asked for by `value`.
 */
export const Says = z
  .strictObject({
    ...Bounds.shape,
    any: options.meta({ description: "One of these options is among them" }),
    all: options.meta({ description: "Every one of these options is among them" }),
    first: options.meta({ description: "A list of options that begins with one of these" }),
    keyword: Keyword.optional().meta({ description: "One of them is a text with these words" }),
  })
  .refine((asked) => Object.values(asked).some((operand) => operand !== undefined), {
    error: "Say what of a label is asked for: any, all, first, keyword, <, <=, > or >=.",
  })
  .meta({ id: "Says" });
export type Says = z.infer<typeof Says>;

/** Whether a value says what is asked for. Bounds are those of a number; spans have none. */
export function says(value: LabelValue, { any, all, first, keyword, ...bounds }: Says): boolean {
  const said = saidIn(value);
  const [foremost] = Array.isArray(value) ? value : [];
  return (
    (!any || any.some((option) => said.includes(option))) &&
    (!all || all.every((option) => said.includes(option))) &&
    (!first || (typeof foremost === "string" && first.includes(foremost))) &&
    (!keyword || said.some((one) => typeof one === "string" && hasKeyword(one, keyword))) &&
    (orderings.every((ordering) => bounds[ordering] === undefined) ||
      (typeof value === "number" && within(value, bounds)))
  );
}
