import { z } from "zod";

/** A share with its interval: `value` is `hits / n`, null where n is 0. */
export const Share = z
  .object({
    hits: z.int(),
    n: z.int(),
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
  })
  .meta({ id: "Share", description: "A proportion with its Wilson 95 % interval" });
export type Share = z.infer<typeof Share>;

export const ClassMeasures = z
  .object({
    value: z.string(),
    precision: Share,
    recall: Share,
    f1: z.number().nullable(),
    gold: z.int(),
    predicted: z.int(),
  })
  .meta({ id: "ClassMeasures" });
export type ClassMeasures = z.infer<typeof ClassMeasures>;

/** A job's labels measured against the truth. Coverage always stands beside accuracy. */
export const Evaluation = z
  .object({
    label: z.string(),
    job: z.int(),
    coverage: Share.meta({ description: "Records of the job with gold that the job gave a label" }),
    accuracy: Share.meta({ description: "Of those labelled, how many equal gold" }),
    kappa: z
      .number()
      .nullable()
      .meta({ description: "Cohen's kappa; null where chance agreement is 1" }),
    macroF1: z.number().nullable(),
    classes: z.array(ClassMeasures),
    confusion: z
      .array(z.object({ gold: z.string(), predicted: z.string().nullable(), n: z.int() }))
      .meta({ description: "Pairs that occur; predicted is null where the job gave no label" }),
    examples: z.int().meta({
      description:
        "Records not counted because their text is an example in the agent's prompt, which tells the answer",
    }),
    unknownGold: z
      .array(z.object({ value: z.string(), n: z.int() }))
      .meta({ description: "Gold cells that are no option of the schema; they are not counted" }),
  })
  .meta({ id: "Evaluation" });
export type Evaluation = z.infer<typeof Evaluation>;
