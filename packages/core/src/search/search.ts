import { z } from "zod";
import { Outcome } from "../job/job.ts";
import { LabelStatus, LabelValue } from "../label/label.ts";
import { LabelledRecord } from "../record/record.ts";

/** Whose labels are meant: one job's, the gold labels, or one person's. Left out: anybody's but gold. */
export const AnnotatorReference = z
  .union([
    z.strictObject({ job: z.int() }),
    z.strictObject({ gold: z.literal(true) }),
    z.strictObject({ person: z.string() }),
  ])
  .meta({ id: "AnnotatorReference" });
export type AnnotatorReference = z.infer<typeof AnnotatorReference>;

const Bounds = z.strictObject({
  ">=": z.number().optional(),
  ">": z.number().optional(),
  "<=": z.number().optional(),
  "<": z.number().optional(),
});

const text = z.string().min(1).max(1000);

const Keyword = z.strictObject({
  keyword: z.strictObject({ text, caseSensitive: z.boolean().default(false) }),
});
const Regex = z.strictObject({
  regex: z.strictObject({ pattern: text, caseSensitive: z.boolean().default(false) }),
});
const Key = z.strictObject({ key: z.array(z.string()).min(1).max(10_000) });
const LabelCondition = z.strictObject({
  label: z
    .strictObject({
      name: z.string().optional(),
      by: AnnotatorReference.optional(),
      value: z.array(LabelValue).optional().meta({ description: "Any of these" }),
      confidence: Bounds.optional(),
      status: z.array(LabelStatus).optional().meta({ description: "Any of these" }),
    })
    .meta({ description: "The record has a label for which all of this holds" }),
});
const OutcomeCondition = z.strictObject({
  outcome: z.strictObject({ job: z.int(), is: z.array(Outcome).min(1) }),
});

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition[] }
  | z.infer<typeof Keyword>
  | z.infer<typeof Regex>
  | z.infer<typeof Key>
  | z.infer<typeof LabelCondition>
  | z.infer<typeof OutcomeCondition>;

/** What to look for. `all`: every one holds; `any`: at least one; `not`: none. They nest. */
export const Condition: z.ZodType<Condition> = z
  .union([
    z.strictObject({
      get all() {
        return z.array(Condition).max(100);
      },
    }),
    z.strictObject({
      get any() {
        return z.array(Condition).max(100);
      },
    }),
    z.strictObject({
      get not() {
        return z.array(Condition).max(100);
      },
    }),
    Keyword,
    Regex,
    Key,
    LabelCondition,
    OutcomeCondition,
  ])
  .meta({ id: "Condition" });

/**
 * What to order by. Ties are ordered by id, in the same direction. By confidence is meant that of one job's labels of one
 * name; records that have no such label, or one without a confidence, follow in ascending order of their id.
 */
export const Sort = z
  .union([
    z.strictObject({
      by: z.enum(["id", "key"]),
      order: z.enum(["ascending", "descending"]).default("ascending"),
    }),
    z.strictObject({
      by: z.literal("confidence"),
      job: z.int(),
      name: z.string(),
      order: z.enum(["ascending", "descending"]).default("ascending"),
    }),
  ])
  .meta({ id: "Sort" });
export type Sort = z.infer<typeof Sort>;

/** The search document, the same in API, SDK, CLI and screen. */
export const Search = z
  .strictObject({
    where: Condition.optional().meta({ description: "Left out: every record" }),
    sort: Sort.default({ by: "id", order: "ascending" }),
    limit: z.int().min(1).max(1000).default(50),
    after: z.string().optional().meta({ description: "`next` of the page before" }),
    count: z.boolean().default(false).meta({ description: "Count all matches, exactly" }),
  })
  .meta({ id: "Search" });
export type Search = z.infer<typeof Search>;
export type SearchInput = z.input<typeof Search>;

export const SearchPage = z
  .object({
    records: z.array(LabelledRecord),
    next: z
      .string()
      .nullable()
      .meta({ description: "Pass as `after` for the next page; null at the end" }),
    count: z.int().nullable(),
  })
  .meta({ id: "SearchPage" });
export type SearchPage = z.infer<typeof SearchPage>;
