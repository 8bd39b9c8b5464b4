import { type ProblemType, problemTypes, RejectedRow } from "@countersign/core";
import { z } from "zod";

/** The stable `type` of a problem document, a URN. */
export const problemUrn = (type: ProblemType): string => `urn:countersign:problem:${type}`;

/** An error reply (RFC 9457). `detail` says what happened, what was kept and what to do next, in this order. */
export const ProblemDocument = z
  .object({
    type: z.enum(problemTypes.map(problemUrn) as [string, ...string[]]),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    what: z.string(),
    kept: z.string().optional(),
    next: z.string().optional(),
    rows: z.array(RejectedRow).optional(),
  })
  .meta({ id: "Problem" });
export type ProblemDocument = z.infer<typeof ProblemDocument>;
