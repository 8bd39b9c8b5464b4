import { z } from "zod";

/** Which labels of the job are looked at, by how they stand. */
export const StatusFilter = z.enum(["unverified", "verified", "confirmed", "corrected", "any"]);
export type StatusFilter = z.infer<typeof StatusFilter>;

/** What comes first. */
export const Order = z.enum(["least-confident", "most-confident", "imported"]);
export type Order = z.infer<typeof Order>;

const share = z.number().min(0).max(1).optional().catch(undefined);
/** Addresses are also written by hand, where `value=1` arrives as a number. */
const word = z.coerce.string().min(1);

/**
 * The review's whole state as the address bar holds it. What an address gets wrong falls back to its default,
 * so that an old or mistyped link still opens.
 */
export const ReviewSearch = z.object({
  job: z
    .int()
    .positive()
    .optional()
    .catch(undefined)
    .meta({ description: "The newest if neither a job nor a model is named" }),
  model: word
    .optional()
    .catch(undefined)
    .meta({ description: "In place of a job: a model whose labels came with a file" }),
  label: word.optional().catch(undefined).meta({ description: "The machine's first if left out" }),
  view: z.enum(["single", "table"]).default("single").catch("single"),
  record: z
    .int()
    .positive()
    .optional()
    .catch(undefined)
    .meta({ description: "The current record" }),
  blind: z.boolean().default(false).catch(false),
  status: StatusFilter.default("unverified").catch("unverified"),
  from: share.meta({ description: "Least confidence, itself included" }),
  below: share.meta({ description: "Confidence below this" }),
  values: z.array(word).min(1).optional().catch(undefined).meta({ description: "Any of these" }),
  keyword: word.max(1000).optional().catch(undefined),
  order: Order.default("least-confident").catch("least-confident"),
});
export type ReviewSearch = z.infer<typeof ReviewSearch>;

/** The part that chooses and orders records; the rest says how they are looked at. */
export type Filter = Pick<
  ReviewSearch,
  "status" | "from" | "below" | "values" | "keyword" | "order"
>;

/** All labels of the machine, the least certain first. */
export const allLabels: Filter = {
  status: "any",
  from: undefined,
  below: undefined,
  values: undefined,
  keyword: undefined,
  order: "least-confident",
};

/** What every address may leave out. */
export const reviewDefaults = {
  view: "single",
  blind: false,
  status: "unverified",
  order: "least-confident",
} as const;
