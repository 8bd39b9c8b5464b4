import { z } from "zod";
import { LabelledRecord } from "../record/record.ts";
import { Condition } from "./condition.ts";
import { Sort } from "./sort.ts";

/** The search document, the same in API, SDK, CLI and screen. */
export const Search = z
  .strictObject({
    where: Condition.optional().meta({ description: "Left out: every record" }),
    sort: Sort.default({ by: "id", order: "ascending" }),
    limit: z.int().min(1).max(1000).default(50),
    after: z.string().optional().meta({ description: "`next` of the page before" }),
    count: z
      .union([z.boolean(), z.literal("exact")])
      .default(false)
      .meta({
        description:
          "Count all matches too: exactly where that is quick, else by an estimate; `exact` takes the time it needs",
      }),
  })
  .meta({ id: "Search" });
export type Search = z.infer<typeof Search>;
export type SearchInput = z.input<typeof Search>;

/** How many records match. */
export const Count = z
  .object({
    n: z.int(),
    exact: z.boolean().meta({ description: "Whether it was counted; else it is an estimate" }),
  })
  .meta({ id: "Count" });
export type Count = z.infer<typeof Count>;

/** A record that a search found. */
export const FoundRecord = LabelledRecord.extend({
  score: z.number().optional().meta({
    description: "Where the search asks for similar records: how similar it is, 1 at most",
  }),
}).meta({ id: "FoundRecord" });
export type FoundRecord = z.infer<typeof FoundRecord>;

export const SearchPage = z
  .object({
    records: z.array(FoundRecord),
    next: z
      .string()
      .nullable()
      .meta({ description: "Pass as `after` for the next page; null at the end" }),
    count: Count.nullable(),
  })
  .meta({ id: "SearchPage" });
export type SearchPage = z.infer<typeof SearchPage>;
