import {
  ChatTurn,
  ColumnMapping,
  Condition,
  ContentKind,
  Deletion,
  ExportOptions,
  exportFiles,
  FileReading,
  ImportPreview,
  ImportReport,
  ImportRules,
  Metadata,
  MetadataChange,
  MetadataName,
  RecordDetail,
  RecordReference,
  Search,
  SearchPage,
  Verdict,
} from "@countersign/core";
import { z } from "zod";
import { Changed } from "./labels.ts";
import { ProjectParams } from "./projects.ts";
import { route, type StreamMedia } from "./route.ts";

const Value = z.union([z.string(), z.array(z.string())]);

/** A machine's label with all that is known of how it came to be. */
const ExportedMachineLabel = z
  .object({
    value: Value,
    confidence: z.number().nullable(),
    confidenceMethod: z.string().nullable(),
    job: z.int(),
    agent: z.string(),
    agentId: z.string().meta({
      description: "Hash of model, parameters and prompt: another prompt is another id",
    }),
    modelName: z.string().meta({ description: "As it was configured" }),
    modelVersion: z.string().nullable().meta({ description: "As the provider returned it" }),
    simulated: z.boolean(),
    schemaVersion: z.int(),
    rule: z.string().nullable().meta({ description: "Extraction rule that read the reply" }),
    replies: z.array(z.string()).optional().meta({
      description: "Where replies were asked for: one a sample, each followed by what refined it",
    }),
  })
  .meta({ id: "ExportedMachineLabel" });

/** One exported record in JSON Lines, wide and with all columns. In tables the same facts are columns named `<label>.<fact>`. */
export const ExportedRecord = z
  .object({
    key: z.string(),
    text: z.string(),
    kind: ContentKind.exclude(["text"])
      .optional()
      .meta({ description: "Left out of a plain text" }),
    turns: z
      .array(ChatTurn)
      .optional()
      .meta({ description: "Of a conversation, whose text is made of them" }),
    metadata: Metadata,
    source: z.record(z.string(), z.string()),
    labels: z.record(
      z.string(),
      z.object({
        model: ExportedMachineLabel.nullable(),
        verification: z
          .object({
            verdict: z.enum(["confirmed", "corrected"]),
            value: Value,
            by: z.string(),
            at: z.iso.datetime(),
          })
          .nullable(),
        final: z
          .object({
            value: Value,
            source: z.enum(["corrected", "confirmed", "person", "model"]),
            by: z.string(),
            schemaVersion: z.int(),
            from: z
              .union([z.literal("model"), ExportedMachineLabel])
              .nullable()
              .meta({
                description:
                  "The machine's label that stands or was verified; “model” where it is the one beside; null where a person's own stands",
              }),
            verifications: z.array(
              z.object({
                verdict: Verdict,
                judged: Value,
                value: Value.nullable(),
                by: z.string(),
                at: z.iso.datetime(),
              }),
            ),
          })
          .nullable(),
        gold: Value.nullable(),
      }),
    ),
  })
  .meta({ id: "ExportedRecord" });
export type ExportedRecord = z.infer<typeof ExportedRecord>;

/** What a file may be sent as; what it is, is found out from its bytes and its name. */
export const fileMedia = [
  "text/csv",
  "text/tab-separated-values",
  "application/json",
  "application/x-ndjson",
  "application/vnd.apache.parquet",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/octet-stream",
] as const satisfies readonly StreamMedia[];

/** The file's name, from which its format is guessed where its bytes do not tell. */
export const fileName = z.string().trim().min(1).max(500).default("file");

/** The operations on records, by verb. */
export const records = {
  import: route({
    id: "records.import",
    method: "post",
    path: "/projects/{project}/records/import",
    summary: "Import a file as the request's body: all of its rows that the rules take, or none",
    params: ProjectParams,
    query: z.object({
      name: fileName,
      ...FileReading.shape,
      mapping: ColumnMapping,
      ...ImportRules.shape,
    }),
    bodyMedia: fileMedia,
    response: ImportReport,
    problems: ["project-not-found", "schema-missing", "import-rejected"],
  }),

  preview: route({
    id: "records.preview",
    method: "post",
    path: "/projects/{project}/records/preview",
    summary: "Look at the beginning of a file, and how it would be imported; nothing is stored",
    params: ProjectParams,
    query: z.object({
      name: fileName,
      ...FileReading.shape,
      partial: z.boolean().default(false).meta({
        description: "Only the file's beginning is sent: that its end is missing is no fault",
      }),
    }),
    bodyMedia: fileMedia,
    response: ImportPreview,
    problems: ["project-not-found"],
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

  vectors: route({
    id: "records.vectors",
    method: "post",
    path: "/projects/{project}/records/vectors",
    summary:
      "Keep the lists of numbers in the records' metadata under a name as vectors, to find similar records by",
    params: ProjectParams,
    body: z.strictObject({
      metadata: z.string().min(1).meta({ description: "Name of the lists, and of the vectors" }),
    }),
    response: z.object({
      name: z.string(),
      records: z.int().meta({ description: "Records that have such a vector now" }),
      length: z.int().meta({ description: "Numbers in each" }),
    }),
    problems: ["project-not-found", "vectors-invalid"],
  }),

  setMetadata: route({
    id: "records.setMetadata",
    method: "post",
    path: "/projects/{project}/records/metadata",
    summary: "Set and remove metadata of records: all of it, or none; other names stay",
    params: ProjectParams,
    body: z.strictObject({
      entries: z
        .array(MetadataChange.extend({ record: RecordReference }))
        .min(1)
        .max(10_000),
    }),
    response: Changed,
    problems: ["project-not-found", "record-not-found", "metadata-invalid"],
  }),

  removeMetadata: route({
    id: "records.removeMetadata",
    method: "post",
    path: "/projects/{project}/records/metadata/remove",
    summary:
      "Take metadata away from the records that a search finds, some 20,000 at a time: while `next` is not null, pass it as `after`",
    params: ProjectParams,
    body: z.strictObject({
      names: z.array(MetadataName).min(1).max(1000),
      where: Condition.optional().meta({ description: "Left out: every record" }),
      after: z.string().optional(),
    }),
    response: z.object({ changed: z.int(), next: z.string().nullable() }),
    problems: ["project-not-found", "search-invalid", "metadata-invalid"],
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

  remove: route({
    id: "records.remove",
    method: "post",
    path: "/projects/{project}/records/delete",
    summary:
      "Delete the records that a condition holds for now, with their labels and verdicts, for good: out of sight at once, their rows in the background where they are many",
    params: ProjectParams,
    body: z.strictObject({
      where: Condition.meta({ description: 'Which; `{"all": []}` is every record' }),
    }),
    response: Deletion,
    problems: ["project-not-found", "search-invalid"],
  }),

  export: route({
    id: "records.export",
    method: "get",
    path: "/projects/{project}/records/export",
    summary:
      "Records with model label, confidence, verification, final label and its source, as a file in order of record id",
    params: ProjectParams,
    query: ExportOptions,
    response: ExportedRecord,
    responseMedia: Object.values(exportFiles).map(({ media }) => media),
    problems: ["project-not-found", "search-invalid", "job-not-found", "export-not-possible"],
  }),

  labelConfig: route({
    id: "records.labelConfig",
    method: "get",
    path: "/projects/{project}/records/label-config",
    summary: "The labelling interface for Label Studio that fits the project's export for it",
    params: ProjectParams,
    response: z.object({ config: z.string() }),
    problems: ["project-not-found", "schema-missing"],
  }),
};
