import { z } from "zod";

/** What stands in a backup's `manifest.json`: what it holds, and how to know that it is whole. */
export const BackupManifest = z
  .object({
    format: z.literal("countersign-backup-1"),
    countersign: z.string().meta({ description: "Version of the program that made it" }),
    createdAt: z.iso.datetime(),
    migrations: z.array(z.string()).meta({ description: "What its schema is made of" }),
    tables: z.array(
      z.object({
        name: z.string(),
        columns: z.array(z.string()),
        rows: z.int(),
        bytes: z.int(),
        sha256: z.string(),
      }),
    ),
    sequences: z.array(z.object({ table: z.string(), column: z.string(), last: z.int() })),
  })
  .meta({ id: "BackupManifest" });
export type BackupManifest = z.infer<typeof BackupManifest>;

/** What a restore brought back. */
export const RestoreReport = z
  .object({
    madeBy: z.string().meta({ description: "Version of the program that made the backup" }),
    madeAt: z.iso.datetime(),
    projects: z.int(),
    records: z.int(),
    labels: z.int(),
    rows: z.int().meta({ description: "Rows of all tables" }),
    migrated: z.array(z.string()).meta({ description: "Migrations that ran after it" }),
    pausedJobs: z.array(z.int()).meta({ description: "Jobs that ran then, and wait now" }),
  })
  .meta({ id: "RestoreReport" });
export type RestoreReport = z.infer<typeof RestoreReport>;
