import {
  ColumnMapping,
  Condition,
  ImportFormat,
  ImportReport,
  Metadata,
  RecordDetail,
  Search,
  SearchPage,
} from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { route } from "./route.ts";

/** One exported record in JSONL. In CSV the same facts are columns named `<label>.<fact>`. */
export const ExportedRecord = z
  .object({
    key: z.string(),
    text: z.string(),
    metadata: Metadata,
    source: z.record(z.string(), z.string()),
    labels: z.record(
      z.string(),
      z.object({
        model: z
          .object({
            value: z.union([z.string(), z.array(z.string())]),
            confidence: z.number().nullable(),
            confidenceMethod: z.string().nullable(),
            job: z.int(),
            agent: z.string(),
            modelVersion: z.string().nullable(),
            simulated: z.boolean(),
            schemaVersion: z.int(),
          })
          .nullable(),
        verification: z
          .object({
            verdict: z.enum(["confirmed", "corrected"]),
            value: z.union([z.string(), z.array(z.string())]),
            by: z.string(),
            at: z.iso.datetime(),
          })
          .nullable(),
        final: z
          .object({
            value: z.union([z.string(), z.array(z.string())]),
            source: z.enum(["corrected", "confirmed", "person", "model"]),
            by: z.string(),
          })
          .nullable(),
        gold: z.union([z.string(), z.array(z.string())]).nullable(),
      }),
    ),
  })
  .meta({ id: "ExportedRecord" });
export type ExportedRecord = z.infer<typeof ExportedRecord>;

/** The operations on records, by verb. */
export const records = {
  import: route({
    id: "records.import",
    method: "post",
    path: "/projects/{project}/records/import",
    summary: "Import a file as the request's body: all of its rows, or none",
    params: ProjectParams,
    query: z.object({
      format: ImportFormat,
      mapping: ColumnMapping,
      delimiter: z
        .string()
        .length(1)
        .optional()
        .meta({ description: "For CSV; a comma, or a tab for TSV, if left out" }),
    }),
    bodyMedia: ["text/csv", "text/tab-separated-values", "application/x-ndjson"],
    response: ImportReport,
    problems: ["project-not-found", "schema-missing", "import-rejected"],
  }),

  search: route({
    id: "records.search",
    method: "post",
    path: "/projects/{project}/records/search",
    summary: "Find records; each comes with its labels",
    params: ProjectParams,
    body: Search,
    response: SearchPage,
    problems: ["project-not-found", "search-invalid"],
  }),

  get: route({
    id: "records.get",
    method: "get",
    path: "/projects/{project}/records/{record}",
    summary: "One record with its source columns and the history of its verdicts",
    params: ProjectParams.extend({ record: z.coerce.number<number>().int() }),
    response: RecordDetail,
    problems: ["project-not-found", "record-not-found"],
  }),

  export: route({
    id: "records.export",
    method: "get",
    path: "/projects/{project}/records/export",
    summary:
      "Records with model label, confidence, verification, final label and its source, as a stream in order of record id",
    params: ProjectParams,
    query: z.object({
      format: z.enum(["jsonl", "csv"]).default("jsonl"),
      where: Condition.optional(),
      job: z
        .int()
        .optional()
        .meta({ description: "Whose model labels; the newest job per label if left out" }),
      formulas: z.enum(["escape", "keep"]).default("escape").meta({
        description:
          "CSV cells that a spreadsheet would run get an apostrophe in front, unless kept",
      }),
    }),
    response: ExportedRecord,
    responseMedia: ["application/x-ndjson", "text/csv"],
    problems: ["project-not-found", "search-invalid", "job-not-found"],
  }),
};
