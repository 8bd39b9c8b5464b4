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

/** How much of one part of a budget is used. */
export const BudgetUse = z
  .object({
    kind: z.enum(kinds),
    used: z.number(),
    of: z.number(),
    share: z
      .number()
      .meta({ description: "A little above 1 where calls under way went over the budget" }),
  })
  .meta({ id: "BudgetUse" });
export type BudgetUse = z.infer<typeof BudgetUse>;

/** How much of each part of a budget is used, the parts that have a bound. */
export const budgetUse = (budget: Budget, spent: Spend): BudgetUse[] =>
  kinds.flatMap((kind) => {
    const of = budget[kind];
    return of === undefined ? [] : [{ kind, used: spent[kind], of, share: spent[kind] / of }];
  });
