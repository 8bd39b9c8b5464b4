import { type ProblemType, problemTypes, RejectedRow } from "@countersign/core";
import { z } from "zod";

const prefix = "urn:countersign:problem:";

/** The stable `type` of a problem document, a URN. */
export const problemUrn = (type: ProblemType): string => `${prefix}${type}`;

/** The problem type that a URN names, undefined where it names none of ours. */
export const problemType = (urn: string): ProblemType | undefined =>
  problemTypes.find((type) => problemUrn(type) === urn);

/** An error reply (RFC 9457). `detail` is `what`, `kept` and `next` in this order, as one text. */
export const ProblemDocument = z
  .object({
    type: z.string().meta({
      description: "Stable; scripts match on it",
      enum: problemTypes.map(problemUrn),
    }),
    title: z.string().meta({ description: "The type in words" }),
    status: z.int().meta({ description: "The reply's HTTP status" }),
    detail: z.string(),
    instance: z.string().optional().meta({ description: "With an internal error: its log entry" }),
    what: z.string().meta({ description: "What happened" }),
    kept: z.string().optional().meta({ description: "What is unharmed or was saved" }),
    next: z.string().optional().meta({ description: "What to do now" }),
    rows: z
      .array(RejectedRow)
      .optional()
      .meta({ description: "With a rejected import: the rows at fault, the first hundred" }),
  })
  .meta({ id: "Problem" });
export type ProblemDocument = z.infer<typeof ProblemDocument>;
