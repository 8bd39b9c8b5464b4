import { z } from "zod";
import { AssignmentName, PersonName } from "../assignment/name.ts";
import { Outcome } from "../job/job.ts";
import { LabelStatus, LabelValue } from "../label/label.ts";
import { SubsetName } from "../subset/name.ts";
import { AnnotatorReference } from "./annotator.ts";
import { Bounds, MetadataComparisons, MomentBounds } from "./comparison.ts";
import { Keyword } from "./keyword.ts";
import { Says } from "./says.ts";

const text = z.string().min(1).max(1000);

const KeywordCondition = z.strictObject({ keyword: Keyword });
const Regex = z.strictObject({
  regex: z.strictObject({ pattern: text, caseSensitive: z.boolean().default(false) }),
});
const Key = z.strictObject({ key: z.array(z.string()).min(1).max(10_000) });
const MetadataCondition = z.strictObject({ metadata: MetadataComparisons });
const LabelCondition = z.strictObject({
  label: z
    .strictObject({
      name: z.string().optional(),
      by: AnnotatorReference.optional(),
      value: z.array(LabelValue).optional().meta({ description: "Any of these" }),
      says: Says.optional(),
      confidence: Bounds.optional(),
      status: z.array(LabelStatus).optional().meta({ description: "Any of these" }),
      schemaVersion: z.array(z.int()).optional().meta({ description: "Any of these" }),
      at: MomentBounds.optional().meta({ description: "When the label was made" }),
      metadata: MetadataComparisons.optional(),
      verified: z
        .strictObject({
          by: z.array(z.string()).optional().meta({ description: "Any of these" }),
          at: MomentBounds.optional(),
          value: z.array(LabelValue).optional().meta({ description: "Any of these" }),
          says: Says.optional(),
        })
        .optional()
        .meta({ description: "It has a standing verdict for which all of this holds" }),
    })
    .meta({ description: "The record has a label for which all of this holds" }),
});
const Conflict = z.strictObject({
  conflict: z
    .strictObject({
      label: z.string().optional().meta({ description: "The label's name; any if left out" }),
      among: z
        .array(AnnotatorReference)
        .min(1)
        .max(100)
        .optional()
        .meta({ description: "Between whom; anybody but gold if left out" }),
    })
    .meta({ description: "Two annotators gave the record different values under one name" }),
});
const OutcomeCondition = z.strictObject({
  outcome: z.strictObject({
    job: z.int(),
    is: z.array(Outcome).min(1),
    reason: z.array(z.string()).optional().meta({ description: "Any of these" }),
  }),
});
const SubsetCondition = z.strictObject({
  subset: SubsetName.meta({ description: "The record is in the subset of this name" }),
});

/** How a record stands in an assignment. */
export const AssignedState = z.enum(["open", "held", "skipped", "done", "complete"]).meta({
  description:
    "There is a place for somebody; somebody has it in hand, has passed it over, has done it; as many have done it as are to",
});
export type AssignedState = z.infer<typeof AssignedState>;

const Assigned = z.strictObject({
  assignment: z
    .strictObject({
      name: AssignmentName,
      is: AssignedState.optional(),
      by: z.array(PersonName).min(1).max(1000).optional().meta({
        description: "Any of these has it in hand, has passed it over or done it, as `is` says",
      }),
    })
    .refine(({ is, by }) => by === undefined || (is !== "open" && is !== "complete"), {
      error:
        "a record is not open or complete by somebody; leave `by` out, or ask for held or done",
      path: ["by"],
    })
    .meta({ description: "The record belongs to the assignment of this name" }),
});

/** Most records that a search by likeness finds. */
export const mostSimilar = 1000;

const Similar = z.strictObject({
  similar: z
    .strictObject({
      to: z
        .union([
          z.strictObject({ keys: z.array(z.string()).min(1).max(100) }),
          z.strictObject({ ids: z.array(z.int()).min(1).max(100) }),
          z.strictObject({ text: z.string().min(1).max(10_000) }),
          z.strictObject({ vector: z.array(z.number()).min(1).max(8192) }),
        ])
        .meta({ description: "Records, which are left out of what is found; a text; a vector" }),
      by: z
        .union([z.literal("text"), z.strictObject({ vector: z.string().min(1) })])
        .optional()
        .meta({
          description:
            "Common trigrams of the texts (if left out), or the cosine of the records' vectors of this name",
        }),
      top: z.int().min(1).max(mostSimilar).default(100),
    })
    .meta({
      description:
        "The record is among the most similar of its project. The score is that to the most similar seed.",
    }),
});

type Leaf =
  | z.infer<typeof KeywordCondition>
  | z.infer<typeof Regex>
  | z.infer<typeof Key>
  | z.infer<typeof MetadataCondition>
  | z.infer<typeof LabelCondition>
  | z.infer<typeof Conflict>
  | z.infer<typeof OutcomeCondition>;

/** What must be looked up before records can be tested: a subset by its name, what is most similar. */
type Reference =
  | z.infer<typeof SubsetCondition>
  | z.infer<typeof Assigned>
  | z.infer<typeof Similar>;

/**
 * What a reference has been found to mean: the members of a frozen subset; records with their scores. And what a search
 * means without saying so while records are being deleted: those that stay.
 */
type Found =
  | { members: number }
  | { assigned: { id: number } & Omit<AssignedCondition, "name"> }
  | { ranked: { ids: number[]; scores: number[] } }
  | { staying: true };

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition[] }
  | Leaf
  | Reference;

/** A condition whose references have been looked up: what is tested of a record, and what a job keeps of its search. */
export type ResolvedCondition =
  | { all: ResolvedCondition[] }
  | { any: ResolvedCondition[] }
  | { not: ResolvedCondition[] }
  | Leaf
  | Found;

export type LabelCondition = z.infer<typeof LabelCondition>["label"];
export type ConflictCondition = z.infer<typeof Conflict>["conflict"];
export type AssignedCondition = z.infer<typeof Assigned>["assignment"];
export type SimilarCondition = z.infer<typeof Similar>["similar"];

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
    KeywordCondition,
    Regex,
    Key,
    MetadataCondition,
    LabelCondition,
    Conflict,
    OutcomeCondition,
    SubsetCondition,
    Assigned,
    Similar,
  ])
  .meta({ id: "Condition" });

/** The conditions directly within one; none within one that nests nothing. */
export function nestedIn(condition: Condition): readonly Condition[];
export function nestedIn(condition: ResolvedCondition): readonly ResolvedCondition[];
export function nestedIn(
  condition: Condition | ResolvedCondition,
): readonly (Condition | ResolvedCondition)[] {
  if ("all" in condition) return condition.all;
  if ("any" in condition) return condition.any;
  if ("not" in condition) return condition.not;
  return [];
}
