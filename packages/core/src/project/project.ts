import { z } from "zod";

/** Lower-case, so that a project's address and its name are one thing on every file system and in every URL. */
export const ProjectName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    "a project name has 1 to 64 characters: a–z, 0–9, dot, dash or underscore, and starts with a letter or digit",
  );

export const Project = z
  .object({
    name: ProjectName,
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    records: z.int().meta({ description: "Number of records" }),
    jobs: z.int().meta({ description: "Number of jobs" }),
    schemaVersion: z
      .int()
      .nullable()
      .meta({ description: "Newest schema version, null before the first" }),
  })
  .meta({ id: "Project" });
export type Project = z.infer<typeof Project>;
