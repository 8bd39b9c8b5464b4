import { AnnotatorReference, Condition, Sort } from "@countersign/core";
import { z } from "zod";

/** How a label stands, as the filter asks for it; `none`: the record has no label yet. */
export const Standing = z.enum(["any", "none", "unverified", "confirmed", "corrected"]);
export type Standing = z.infer<typeof Standing>;

export const Order = z.enum(["imported", "key", "least-confident", "most-confident"]);
export type Order = z.infer<typeof Order>;

const share = z.number().min(0).max(1).optional().catch(undefined);
/** Addresses are also written by hand, where `values=1` arrives as a number. */
const word = z.coerce.string().min(1);

/** Annotators that an address names by kind and name: “model:gpt-4”. */
const Named = z.enum(["model", "person"]);

/** The data page's whole state as the address holds it. What an address gets wrong falls back to its default. */
export const DataSearch = z.object({
  panel: z
    .enum(["import", "schema", "disagreement"])
    .optional()
    .catch(undefined)
    .meta({ description: "What stands in the table's place" }),
  keyword: word.max(1000).optional().catch(undefined),
  label: word.optional().catch(undefined).meta({ description: "The schema's first if left out" }),
  by: z
    .union([
      z.int().positive(),
      z.literal("gold"),
      z.templateLiteral([Named, ":", z.string().min(1)]),
    ])
    .optional()
    .catch(undefined)
    .meta({
      description:
        "A job's labels, gold, or those of a model or person by name; anybody's but gold if left out",
    }),
  values: z.array(word).min(1).optional().catch(undefined).meta({ description: "Any of these" }),
  standing: Standing.default("any").catch("any"),
  from: share.meta({ description: "Least confidence, itself included" }),
  below: share.meta({ description: "Confidence below this" }),
  and: z
    .array(Condition)
    .min(1)
    .max(50)
    .optional()
    .catch(undefined)
    .meta({ description: "Further conditions, all of which hold" }),
  among: z
    .array(AnnotatorReference)
    .min(1)
    .max(100)
    .optional()
    .catch(undefined)
    .meta({ description: "Who are compared with each other; anybody but gold if left out" }),
  sort: Sort.optional().catch(undefined).meta({ description: "An order that `order` cannot name" }),
  order: Order.default("imported").catch("imported"),
  open: z
    .int()
    .positive()
    .optional()
    .catch(undefined)
    .meta({ description: "The record that is unfolded" }),
});
export type DataSearch = z.infer<typeof DataSearch>;

/** What every address may leave out. */
export const dataDefaults = { standing: "any", order: "imported" } as const;

/** No filter at all. */
export const everything: Partial<DataSearch> = {
  ...dataDefaults,
  keyword: undefined,
  label: undefined,
  by: undefined,
  values: undefined,
  from: undefined,
  below: undefined,
  and: undefined,
  sort: undefined,
};
