import { z } from "zod";
import { LabelledRecord } from "../record/record.ts";
import { Condition } from "../search/condition.ts";
import { AssignmentName, PersonName } from "./name.ts";

/** `verify`: people judge a job's labels. `label`: they give labels of their own. */
export const AssignmentMode = z.enum(["verify", "label"]);
export type AssignmentMode = z.infer<typeof AssignmentMode>;

/** In which order records are handed out. `least-confident` is by the job's confidence in the first label. */
export const AssignmentOrder = z.enum(["imported", "random", "least-confident"]);
export type AssignmentOrder = z.infer<typeof AssignmentOrder>;

export const Overlap = z
  .int()
  .min(1)
  .max(100)
  .meta({ description: "How many different people do each record" });

export const IdleMinutes = z
  .number()
  .min(1)
  .max(7 * 24 * 60)
  .meta({ description: "A record that is held goes back after so many minutes without activity" });

/** Who may take part; null: anyone. */
const People = z.array(PersonName).min(1).max(1000);

/** What an assignment is to be. */
export const NewAssignment = z
  .strictObject({
    name: AssignmentName,
    mode: AssignmentMode,
    people: People.optional().meta({ description: "Who may take part; anyone if left out" }),
    labels: z
      .array(z.string())
      .min(1)
      .optional()
      .meta({ description: "The job's, or else all of the schema's, if left out" }),
    job: z.int().optional().meta({
      description: "Whose labels are verified; to label, whose labels are shown as suggestions",
    }),
    suggestion: z.enum(["shown", "hidden"]).default("hidden").meta({
      description: "Whether people see what the job says before they have decided",
    }),
    where: Condition.optional().meta({ description: "Its records; all if left out" }),
    limit: z.int().min(1).optional().meta({ description: "At most so many, in its order" }),
    order: AssignmentOrder.default("imported"),
    overlap: Overlap.default(1),
    idleMinutes: IdleMinutes.default(30),
  })
  .meta({ id: "NewAssignment" });
export type NewAssignment = z.infer<typeof NewAssignment>;
export type NewAssignmentInput = z.input<typeof NewAssignment>;

/** What is changed of an assignment; what is left out stays. Records are added, never taken away. */
export const AssignmentExtension = z
  .strictObject({
    add: z
      .strictObject({
        where: Condition.optional(),
        limit: z.int().min(1).optional(),
      })
      .optional()
      .meta({ description: "Records that are not in it yet, after those that are" }),
    people: People.nullable().optional().meta({
      description: "From now on; null for anyone. Who is no longer among them holds nothing more",
    }),
    overlap: Overlap.optional().meta({ description: "Never less than before" }),
    idleMinutes: IdleMinutes.optional(),
  })
  .meta({ id: "AssignmentExtension" });
export type AssignmentExtension = z.infer<typeof AssignmentExtension>;

export const AssignmentState = z.enum(["open", "closed"]);
export type AssignmentState = z.infer<typeof AssignmentState>;

/** Records handed out to people one by one, so that no two do the same by accident. */
export const Assignment = z
  .object({
    name: AssignmentName,
    mode: AssignmentMode,
    people: People.nullable().meta({ description: "Null: anyone" }),
    labels: z.array(z.string()),
    job: z.int().nullable(),
    suggestion: z.enum(["shown", "hidden"]),
    where: Condition.nullable().meta({ description: "What its records were searched for by" }),
    order: AssignmentOrder,
    overlap: Overlap,
    idleMinutes: IdleMinutes,
    state: AssignmentState,
    records: z.int(),
    progress: z.object({
      complete: z.int().meta({ description: "Records that as many people have done as are to" }),
      done: z.int().meta({ description: "Records done, counted once for each person" }),
      held: z.int().meta({ description: "Records that somebody holds now" }),
    }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Assignment" });
export type Assignment = z.infer<typeof Assignment>;

/** How far one person is. */
export const AssignmentShare = z
  .object({
    person: z.string(),
    done: z.int(),
    held: z.int(),
    skipped: z.int(),
    lastAt: z.iso.datetime().nullable().meta({ description: "Their last activity" }),
  })
  .meta({ id: "AssignmentShare" });
export type AssignmentShare = z.infer<typeof AssignmentShare>;

/** A record that somebody holds. */
export const AssignmentHold = z
  .object({
    person: z.string(),
    record: z.int(),
    key: z.string(),
    since: z.iso.datetime(),
    until: z.iso.datetime().meta({ description: "It goes back then, unless there is activity" }),
  })
  .meta({ id: "AssignmentHold" });
export type AssignmentHold = z.infer<typeof AssignmentHold>;

/** An assignment with who is how far and who holds what, the longest held first. */
export const AssignmentDetail = Assignment.extend({
  shares: z.array(AssignmentShare),
  holds: z.array(AssignmentHold).meta({ description: "The first 200" }),
}).meta({ id: "AssignmentDetail" });
export type AssignmentDetail = z.infer<typeof AssignmentDetail>;

/**
 * A record in a person's hand. Its labels are those that the person may see: their own, and the job's where they are to
 * be judged or shown. A verdict on it is the person's own; others' stay unseen until the record is looked at elsewhere. Where
 * suggestions are hidden, what the job said is not among them before the person has judged it.
 */
export const AssignedRecord = z
  .object({
    record: LabelledRecord,
    toJudge: z.array(z.object({ label: z.int(), name: z.string() })).meta({
      description:
        "The job's labels that are to be judged unseen, by id and name; none where suggestions are shown",
    }),
    until: z.iso.datetime(),
  })
  .meta({ id: "AssignedRecord" });
export type AssignedRecord = z.infer<typeof AssignedRecord>;

/** What a person has in hand, in the assignment's order. */
export const Turn = z
  .object({
    items: z.array(AssignedRecord),
    done: z.int().meta({ description: "Records the person has done" }),
    skipped: z.int().meta({ description: "Records the person has passed over" }),
    left: z.int().meta({
      description: "Records the person could still be handed, those in hand left out; to 10,000",
    }),
    held: z.int().meta({
      description: "Records that others hold and that may come back; to 10,000",
    }),
  })
  .meta({ id: "Turn" });
export type Turn = z.infer<typeof Turn>;
