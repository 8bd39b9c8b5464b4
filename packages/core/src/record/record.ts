import { z } from "zod";
import { Label, Verification } from "../label/label.ts";

/** Where a record came from: the imported row's columns, exactly as written. */
export const RecordSource = z.record(z.string(), z.string());
export type RecordSource = z.infer<typeof RecordSource>;

/** Any JSON value. (Registered rather than tagged with `meta`, which would leave its inner values without the name.) */
export const Json = z.json().register(z.globalRegistry, { id: "Json" });

export const Metadata = z.record(z.string(), Json);
export type Metadata = z.infer<typeof Metadata>;

/** A record as seen from outside. (Named so because `Record` is TypeScript's own.) */
export const TextRecord = z
  .object({
    id: z.int(),
    key: z.string().meta({ description: "The user's own id, unique within the project" }),
    content: z.string(),
    metadata: Metadata,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Record" });
export type TextRecord = z.infer<typeof TextRecord>;

/** A record with everything anyone has said about it. Gold labels are left out of a blind or reviewing view. */
export const LabelledRecord = TextRecord.extend({ labels: z.array(Label) }).meta({
  id: "LabelledRecord",
});
export type LabelledRecord = z.infer<typeof LabelledRecord>;

/** One record, whole: its source columns and the full history of verdicts, oldest first. */
export const RecordDetail = LabelledRecord.extend({
  source: RecordSource,
  verifications: z.array(Verification),
}).meta({ id: "RecordDetail" });
export type RecordDetail = z.infer<typeof RecordDetail>;

export const ImportFormat = z.enum(["csv", "tsv", "jsonl"]);
export type ImportFormat = z.infer<typeof ImportFormat>;

/** Which column of a file becomes what. Every other column is kept in the record's source. */
export const ColumnMapping = z
  .strictObject({
    key: z.string().optional().meta({
      description:
        "Column of the key; an unnamed column is the empty string; without it the key is the content's SHA-256",
    }),
    text: z.string().meta({ description: "Column of the text" }),
    metadata: z
      .array(z.string())
      .default([])
      .meta({ description: "Columns kept as searchable metadata" }),
    gold: z
      .record(z.string(), z.string())
      .default({})
      .meta({ description: "Label name → column holding its true value" }),
  })
  .meta({ id: "ColumnMapping" });
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** What an import did. An import is atomic: either all rows of the file are in, or none. */
export const ImportReport = z
  .object({
    rows: z.int().meta({ description: "Data rows read" }),
    added: z.int(),
    unchanged: z
      .int()
      .meta({ description: "Rows whose key was already there with the same content and columns" }),
    repeatedTexts: z
      .int()
      .meta({ description: "Added rows whose text another record of the project already has" }),
    goldLabels: z.int().meta({ description: "Gold labels stored" }),
    columns: z.array(z.string()),
    seconds: z.number(),
  })
  .meta({ id: "ImportReport" });
export type ImportReport = z.infer<typeof ImportReport>;
