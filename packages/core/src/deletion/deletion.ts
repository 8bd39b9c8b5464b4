import { z } from "zod";

export const DeletionSubject = z.enum(["project", "job", "records"]);
export type DeletionSubject = z.infer<typeof DeletionSubject>;

/** What goes with a deletion, counted when it was asked for. */
export const Lost = z
  .object({
    records: z.int(),
    jobs: z.int(),
    labels: z.int().meta({ description: "Labels of jobs, people and gold" }),
    verifications: z.int(),
  })
  .meta({ id: "Lost" });
export type Lost = z.infer<typeof Lost>;

/** Something that is being deleted. What it was is out of sight at once; its rows go bit by bit. */
export const Deletion = z
  .object({
    id: z.int(),
    what: DeletionSubject,
    name: z
      .string()
      .nullable()
      .meta({ description: "The project's name; forgotten when it is gone" }),
    job: z.int().nullable(),
    lost: Lost,
    progress: z.object({ done: z.int(), total: z.int() }),
    state: z.enum(["waiting", "running", "done"]),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Deletion" });
export type Deletion = z.infer<typeof Deletion>;
