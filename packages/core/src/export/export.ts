import { z } from "zod";
import { Condition } from "../search/condition.ts";

/** What a file of records can be written as. */
export const ExportFormat = z
  .enum(["jsonl", "csv", "parquet", "xlsx", "label-studio", "huggingface"])
  .meta({ id: "ExportFormat" });
export type ExportFormat = z.infer<typeof ExportFormat>;

/** What each format's file is: its name's ending and its media type. */
export const exportFiles = {
  jsonl: { extension: "jsonl", media: "application/x-ndjson" },
  csv: { extension: "csv", media: "text/csv" },
  parquet: { extension: "parquet", media: "application/vnd.apache.parquet" },
  xlsx: {
    extension: "xlsx",
    media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  },
  "label-studio": { extension: "json", media: "application/json" },
  huggingface: { extension: "zip", media: "application/zip" },
} as const satisfies Record<ExportFormat, { extension: string; media: string }>;

/** Which records are exported, and how they are written. */
export const ExportOptions = z
  .strictObject({
    format: ExportFormat.default("jsonl"),
    where: Condition.optional().meta({ description: "The records; all if left out" }),
    job: z
      .int()
      .optional()
      .meta({ description: "Whose model labels; the newest job per label if left out" }),
    shape: z.enum(["wide", "long"]).default("wide").meta({
      description: "One row a record, or one row a label, whoever gave it",
    }),
    columns: z.array(z.string()).min(1).max(10_000).optional().meta({
      description: "Columns in this order, `tone.*` being all that begin so; all if left out",
    }),
    replies: z
      .boolean()
      .default(false)
      .meta({ description: "Whether the model's reply stands beside each label read from it" }),
    formulas: z.enum(["escape", "keep"]).default("escape").meta({
      description: "CSV cells that a spreadsheet would run get an apostrophe in front, unless kept",
    }),
    splitBy: z.string().optional().meta({
      description:
        "Hugging Face: the imported column whose values part the records into splits, such as train and test",
    }),
  })
  .meta({ id: "ExportOptions" });
export type ExportOptions = z.infer<typeof ExportOptions>;

export const ExportState = z.enum(["waiting", "running", "done", "failed", "cancelled"]);
export type ExportState = z.infer<typeof ExportState>;

/** Why a file could not be written. */
export const ExportFault = z.object({ what: z.string(), next: z.string().optional() });
export type ExportFault = z.infer<typeof ExportFault>;

/** A file of records that is written in the background. */
export const Export = z
  .object({
    id: z.int(),
    state: ExportState,
    options: ExportOptions,
    filename: z.string(),
    records: z.object({ done: z.int(), total: z.int().nullable() }),
    bytes: z.int().meta({ description: "Written so far; of a file that is done, its length" }),
    problem: ExportFault.nullable(),
    link: z
      .string()
      .nullable()
      .meta({ description: "Path of the file on this server, when it is done" }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable().meta({ description: "When the file goes" }),
  })
  .meta({ id: "Export" });
export type Export = z.infer<typeof Export>;

/** Whether nothing more will happen to an export. */
export const isFinished = ({ state }: Pick<Export, "state">): boolean =>
  state !== "waiting" && state !== "running";
