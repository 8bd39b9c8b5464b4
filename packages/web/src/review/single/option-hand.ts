import type { LabelValue } from "@countersign/core";
import type { Hand } from "../../label/Chip.tsx";
import { valuesOf } from "../../label/value.ts";

/** What is known of a label when its options are drawn. */
export interface Marks {
  /** What the machine said; undefined where that is hidden. */
  readonly suggested: LabelValue | undefined;
  /** What a person has said, or is about to. */
  readonly chosen: LabelValue | undefined;
}

/** Which hand has written on an option. The machine's stays to be seen where a person differs. */
export function optionHand({ suggested, chosen }: Marks, option: string): Hand {
  if (chosen !== undefined && valuesOf(chosen).includes(option)) return "person";
  if (suggested === undefined || !valuesOf(suggested).includes(option)) return "nobody";
  return chosen === undefined ? "machine" : "overruled";
}
