import { Condition } from "@countersign/core";
import { z } from "zod";

/** The assignments page's whole state as the address holds it. */
export const AssignmentsSearch = z.object({
  panel: z
    .enum(["new"])
    .optional()
    .catch(undefined)
    .meta({ description: "What stands in the list's place" }),
  where: Condition.optional()
    .catch(undefined)
    .meta({ description: "The records that are to be assigned; all if left out" }),
});
export type AssignmentsSearch = z.infer<typeof AssignmentsSearch>;
