import { z } from "zod";
import { SubsetName } from "../subset/name.ts";
import { OneAnnotator } from "./annotator.ts";

const order = z.enum(["ascending", "descending"]).default("ascending");

/** What a label can be sorted by. */
export const LabelFact = z.union([
  z.enum(["value", "confidence", "status", "createdAt", "verifiedAt", "verifiedBy"]),
  z.strictObject({ metadata: z.string() }),
]);
export type LabelFact = z.infer<typeof LabelFact>;

/**
 * What to order by. Ties are ordered by id, in the same direction; records that have nothing to be ordered by follow in
 * ascending order of their id, whichever the direction. Metadata of different types is ordered by type: strings, by code
 * point, before numbers before booleans.
 */
export const Sort = z
  .union([
    z.strictObject({ by: z.enum(["id", "key"]), order }),
    z.strictObject({ by: z.literal("confidence"), job: z.int(), name: z.string(), order }),
    z.strictObject({ by: z.literal("metadata"), name: z.string(), order }),
    z.strictObject({
      by: z.literal("label"),
      name: z.string(),
      of: OneAnnotator,
      fact: LabelFact,
      order,
    }),
    z.strictObject({
      by: z.literal("similarity"),
      order: z.enum(["ascending", "descending"]).default("descending"),
    }),
    z.strictObject({
      by: z.literal("subset"),
      subset: SubsetName.meta({ description: "A frozen one, whose records have an order" }),
      order,
    }),
  ])
  .meta({ id: "Sort" });
export type Sort = z.infer<typeof Sort>;
