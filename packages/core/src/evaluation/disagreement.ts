import { z } from "zod";
import { Annotator } from "../label/label.ts";
import { Share } from "./evaluation.ts";
import { wilson } from "./wilson.ts";

/** Two annotators' labels of one name on the records that both have labelled. */
export const AnnotatorPair = z
  .object({
    one: z.int().meta({ description: "An annotator's id" }),
    other: z.int(),
    agreement: Share.meta({ description: "Records on which they gave the same value" }),
    kappa: z
      .number()
      .nullable()
      .meta({ description: "Cohen's; null where chance alone would have them agree always" }),
  })
  .meta({ id: "AnnotatorPair" });
export type AnnotatorPair = z.infer<typeof AnnotatorPair>;

/** Who disagrees with whom. */
export const Disagreement = z
  .object({
    label: z.string(),
    annotators: z.array(Annotator.extend({ labels: z.int() })),
    pairs: z
      .array(AnnotatorPair)
      .meta({ description: "Those who have labelled records in common" }),
  })
  .meta({ id: "Disagreement" });
export type Disagreement = z.infer<typeof Disagreement>;

/** What is counted of two annotators. */
export interface CountedPair {
  readonly one: number;
  readonly other: number;
  /** Records that both have labelled. */
  readonly compared: number;
  readonly agreeing: number;
  /** Over all values: how often one gave it, times how often the other did. */
  readonly products: number;
}

/** Measures how far two annotators agree, with Wilson's 95 % interval, and beyond chance (Cohen 1960). */
export function measurePair({
  one,
  other,
  compared,
  agreeing,
  products,
}: CountedPair): AnnotatorPair {
  const chance = products / compared ** 2;
  const agreement = wilson(agreeing, compared);
  const beyond =
    agreement.value === null || chance >= 1 ? null : (agreement.value - chance) / (1 - chance);
  return { one, other, agreement, kappa: beyond };
}
