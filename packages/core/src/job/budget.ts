import { z } from "zod";

/** What a job may use up before it pauses; a part left out has no bound. */
export const Budget = z
  .strictObject({
    usd: z.number().positive().optional(),
    tokens: z.int().min(1).optional().meta({ description: "Prompts and replies together" }),
    records: z.int().min(1).optional().meta({ description: "Items with an outcome" }),
  })
  .meta({ id: "Budget" });
export type Budget = z.infer<typeof Budget>;

/** What a job has used up. */
export type Spend = Readonly<Record<keyof Budget, number>>;

const kinds = ["usd", "tokens", "records"] as const;

/** The first part of a budget that is used up; undefined while something is left of each. */
export const usedUp = (budget: Budget, spent: Spend): keyof Budget | undefined =>
  kinds.find((kind) => spent[kind] >= (budget[kind] ?? Number.POSITIVE_INFINITY));
