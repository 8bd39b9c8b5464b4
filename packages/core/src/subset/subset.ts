import { z } from "zod";
import { LabelValue } from "../label/label.ts";
import { OneAnnotator } from "../search/annotator.ts";
import { Condition } from "../search/condition.ts";
import { Sort } from "../search/sort.ts";
import { SubsetName } from "./name.ts";

/** `search`: whatever its condition finds at the time. `frozen`: the records that were chosen, in their order. */
export const SubsetKind = z.enum(["search", "frozen"]);
export type SubsetKind = z.infer<typeof SubsetKind>;

/** `proportional`: as many of each stratum as its share. `equal`: of each the same number, as far as they go. */
export const Allocation = z.enum(["proportional", "equal"]);
export type Allocation = z.infer<typeof Allocation>;

/** What divides records into strata: a value of their metadata, or the label that one annotator gave them. */
export const Strata = z
  .union([
    z.strictObject({ metadata: z.string() }),
    z.strictObject({ label: z.strictObject({ name: z.string(), of: OneAnnotator }) }),
  ])
  .meta({ id: "Strata" });
export type Strata = z.infer<typeof Strata>;

/** A stratum's value; null where the records have none. */
const StratumValue = z.union([LabelValue, z.number(), z.boolean()]).nullable();

/** How a sample was drawn: with this and the same records, the same are drawn again. */
export const Drawing = z
  .object({
    seed: z.int(),
    size: z.int().meta({ description: "Records asked for" }),
    strata: Strata.nullable().meta({ description: "Null: every record was as likely as another" }),
    allocation: Allocation.nullable(),
    drawn: z
      .array(z.object({ value: StratumValue, records: z.int(), drawn: z.int() }))
      .meta({ description: "Records that a stratum has, and how many of them were drawn" }),
  })
  .meta({ id: "Drawing" });
export type Drawing = z.infer<typeof Drawing>;

export const Subset = z
  .object({
    name: SubsetName,
    kind: SubsetKind,
    where: Condition.nullable().meta({ description: "What was searched for; null: every record" }),
    sort: Sort,
    size: z
      .int()
      .nullable()
      .meta({ description: "Records that it was frozen with; null for a saved search" }),
    drawing: Drawing.nullable().meta({ description: "Where it is a sample: how it was drawn" }),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
  })
  .meta({ id: "Subset" });
export type Subset = z.infer<typeof Subset>;

export const NewSubset = z
  .strictObject({
    name: SubsetName,
    kind: SubsetKind.default("frozen"),
    where: Condition.optional().meta({ description: "Left out: every record" }),
    sort: Sort.default({ by: "id", order: "ascending" }).meta({
      description: "The order of the records; of a frozen subset it is kept",
    }),
    limit: z.int().min(1).optional().meta({ description: "Of a frozen subset: at most so many" }),
  })
  .refine(({ kind, limit }) => kind === "frozen" || limit === undefined, {
    error: "A saved search has no limit: it is whatever it finds at the time.",
    path: ["limit"],
  })
  .meta({ id: "NewSubset" });
export type NewSubset = z.infer<typeof NewSubset>;

export const NewSample = z
  .strictObject({
    name: SubsetName,
    size: z.int().min(1).max(10_000_000),
    where: Condition.optional().meta({ description: "Drawn from these; from all if left out" }),
    seed: z
      .int()
      .optional()
      .meta({ description: "The same seed draws the same records; one is chosen if left out" }),
    strata: Strata.optional().meta({ description: "Draw from each stratum by itself" }),
    allocation: Allocation.default("proportional"),
  })
  .meta({ id: "NewSample" });
export type NewSample = z.infer<typeof NewSample>;
