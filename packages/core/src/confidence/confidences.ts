import { z } from "zod";
import { ConfidenceMethod } from "../label/label.ts";

/** The methods by which a job's labels of one name have a confidence. */
export const Confidences = z
  .object({
    label: z.string(),
    labels: z.int().meta({ description: "Labels of this name that the job made" }),
    inForce: z
      .array(z.object({ method: ConfidenceMethod, labels: z.int() }))
      .meta({ description: "By which the labels have the confidence they are sorted by" }),
    kept: z
      .array(z.object({ method: ConfidenceMethod, labels: z.int() }))
      .meta({ description: "All that are kept, those in force among them" }),
  })
  .meta({ id: "Confidences" });
export type Confidences = z.infer<typeof Confidences>;

/** What setting a method's confidences came to, as far as one call went. */
export const ConfidenceChange = z
  .object({
    method: ConfidenceMethod,
    set: z.int().meta({ description: "Labels that have a confidence by this method now" }),
    without: z.int().meta({
      description: "Labels that this method gives none, and that have none in force now",
    }),
    next: z.string().nullable().meta({
      description: "Pass it as `after` to go on; null when all labels have been gone through",
    }),
  })
  .meta({ id: "ConfidenceChange" });
export type ConfidenceChange = z.infer<typeof ConfidenceChange>;

/** A user's own confidence for one label; null for none. */
export const GivenConfidence = z
  .strictObject({ label: z.int(), confidence: z.number().min(0).max(1).nullable() })
  .meta({ id: "GivenConfidence" });
export type GivenConfidence = z.infer<typeof GivenConfidence>;
