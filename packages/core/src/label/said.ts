import type { LabelValue } from "./label.ts";

/** All that a value says, piece by piece, in its order: an option, each of several, a number, a text; of spans what is said of each. */
export const saidIn = (value: LabelValue): (string | number)[] =>
  [value].flat().flatMap((one) => (typeof one === "object" ? one.value : one));
