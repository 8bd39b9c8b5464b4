import { z } from "zod";
import { RejectedRow } from "../problem.ts";

/** What a file is. Each may come compressed with gzip. */
export const ImportFormat = z
  .enum(["csv", "tsv", "json", "jsonl", "parquet", "xlsx"])
  .meta({ id: "ImportFormat" });
export type ImportFormat = z.infer<typeof ImportFormat>;

/** How a text file's bytes stand for characters. */
export const Encoding = z
  .enum([
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "iso-8859-2",
    "iso-8859-15",
    "koi8-r",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "gb18030",
    "big5",
  ])
  .meta({ id: "Encoding" });
export type Encoding = z.infer<typeof Encoding>;

/**
 * How a file's rows are laid out. `table`: a column a fact. `label-studio`: tasks with annotations and predictions.
 * `argilla`: records with fields, suggestions and responses. `countersign`: what was exported here, whole. All but the first
 * bring labels along.
 */
export const ImportLayout = z
  .enum(["table", "label-studio", "argilla", "countersign"])
  .meta({ id: "ImportLayout" });
export type ImportLayout = z.infer<typeof ImportLayout>;

/** How a file is to be read. What is left out is found out from the file. */
export const FileReading = z
  .strictObject({
    format: ImportFormat.optional(),
    encoding: Encoding.optional().meta({ description: "For CSV, TSV, JSON and JSON Lines" }),
    delimiter: z.string().length(1).optional().meta({ description: "For CSV" }),
    header: z.boolean().optional().meta({
      description:
        "For CSV, TSV and XLSX: whether the first row names the columns; else they are named column 1, column 2, …",
    }),
    sheet: z.string().optional().meta({ description: "For XLSX; the first sheet if left out" }),
    layout: ImportLayout.optional(),
  })
  .meta({ id: "FileReading" });
export type FileReading = z.infer<typeof FileReading>;

/** How a file is read, every choice made. */
export const ChosenReading = z
  .object({
    format: ImportFormat,
    gzip: z.boolean(),
    encoding: Encoding.nullable(),
    delimiter: z.string().nullable(),
    header: z.boolean().nullable(),
    sheet: z.string().nullable(),
    layout: ImportLayout,
  })
  .meta({ id: "ChosenReading" });
export type ChosenReading = z.infer<typeof ChosenReading>;

/** What a file's cells stand for where they are not the options themselves; null stands for no label. */
export const Codes = z
  .record(z.string(), z.string().nullable())
  .meta({ description: "Cell → option's value or text, or null for no label" });
export type Codes = z.infer<typeof Codes>;

/** A column with the labels that somebody else gave. */
export const LabelColumn = z
  .strictObject({
    label: z.string().meta({ description: "Name of the label, as the schema has it" }),
    column: z.string(),
    by: z
      .union([
        z.strictObject({ name: z.string().trim().min(1).max(200) }),
        z.strictObject({ column: z.string() }),
      ])
      .meta({ description: "Who gave them: one name, or the column that holds each row's" }),
    kind: z.enum(["person", "model"]).default("model"),
    codes: Codes.default({}),
    confidence: z.string().optional().meta({ description: "Column with a number from 0 to 1" }),
  })
  .meta({ id: "LabelColumn" });
export type LabelColumn = z.infer<typeof LabelColumn>;

/** A column with the true label. */
export const GoldColumn = z
  .union([z.string(), z.strictObject({ column: z.string(), codes: Codes.default({}) })])
  .meta({ id: "GoldColumn" });
export type GoldColumn = z.infer<typeof GoldColumn>;

/**
 * A column that becomes metadata. Where the file has no types, its cells are read for what they say ({@link valueOfCell})
 * unless they are to stay text; an empty one sets nothing.
 */
export const MetadataColumn = z
  .union([
    z.string(),
    z.strictObject({
      column: z.string(),
      as: z.literal("text").meta({ description: "Numbers, too, stay text, as codes should" }),
    }),
  ])
  .meta({ id: "MetadataColumn" });
export type MetadataColumn = z.infer<typeof MetadataColumn>;

/** The name of a column that becomes metadata; what it becomes has the same. */
export const metadataName = (given: MetadataColumn): string =>
  typeof given === "string" ? given : given.column;

/** Which column of a file becomes what. Every other column is kept in the record's source. */
export const ColumnMapping = z
  .strictObject({
    key: z.string().optional().meta({
      description:
        "Column of the key; an unnamed column is the empty string; without it the key is the content's SHA-256",
    }),
    text: z.string().optional().meta({ description: "Column of the text" }),
    turns: z.string().optional().meta({
      description: "In place of text: column of a conversation, a JSON list of {role, content}",
    }),
    image: z.string().optional().meta({
      description:
        "In place of text: column of an image's URL or path, which is kept and not fetched",
    }),
    metadata: z
      .array(MetadataColumn)
      .default([])
      .meta({ description: "Columns kept as searchable metadata" }),
    gold: z
      .record(z.string(), GoldColumn)
      .default({})
      .meta({ description: "Label name → column holding its true value" }),
    labels: z.array(LabelColumn).max(1000).default([]).meta({
      description: "Columns with labels of other annotators",
    }),
    controls: z.record(z.string(), z.string().nullable()).default({}).meta({
      description:
        "For files that bring labels along: their name of a label → the schema's; null leaves it out; equal names need not be given",
    }),
  })
  .refine(
    ({ text, turns, image }) => [text, turns, image].filter((one) => one !== undefined).length <= 1,
    "names more than one column for the content: text, turns and image exclude each other",
  )
  .meta({ id: "ColumnMapping" });
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** What is done with what the project, or the file itself, has already. */
export const ImportRules = z
  .strictObject({
    duplicates: z.enum(["refuse", "skip", "update"]).default("refuse").meta({
      description:
        "A key that is there already with other content, or a label with another value. refuse: the row is bad; skip: what was there first stays; update: what comes last stands",
    }),
    sameTexts: z.enum(["keep", "merge"]).default("keep").meta({
      description:
        "merge: a new row with a text that is there already becomes no record of its own; its labels go to the one there is",
    }),
    badRows: z.enum(["refuse", "leave-out"]).default("refuse").meta({
      description:
        "refuse: one bad row, and nothing is imported; leave-out: the others are imported",
    }),
    dryRun: z.boolean().default(false).meta({
      description: "Check the whole file and report what an import would do; nothing is stored",
    }),
  })
  .meta({ id: "ImportRules" });
export type ImportRules = z.infer<typeof ImportRules>;

/** What an import did. An import is atomic: either all rows of the file that it takes are in, or none. */
export const ImportReport = z
  .object({
    import: z.int().nullable().meta({ description: "The import's id; null for a dry run" }),
    rows: z.int().meta({ description: "Data rows taken; `rejected` are beside them" }),
    added: z.int(),
    unchanged: z
      .int()
      .meta({ description: "Rows whose key was already there with the same content and columns" }),
    updated: z
      .int()
      .meta({ description: "Rows whose key was there and whose content replaced it" }),
    skipped: z.int().meta({ description: "Rows whose key was there and which were passed over" }),
    merged: z.int().meta({ description: "New rows that joined a record with the same text" }),
    rejected: z.int().meta({ description: "Rows that cannot be taken and were left out" }),
    repeatedTexts: z
      .int()
      .meta({ description: "Added rows whose text another record of the project already has" }),
    outdatedLabels: z.int().meta({
      description: "Labels that were given to a text which this import replaced by another",
    }),
    goldLabels: z.int().meta({ description: "Gold labels stored" }),
    labels: z.int().meta({ description: "Labels of other annotators stored" }),
    updatedLabels: z.int().meta({ description: "Labels, gold too, whose value was replaced" }),
    leftOut: z.record(z.string(), z.int()).meta({
      description: "What a file brought that is no label here, by reason, with its count",
    }),
    columns: z.array(z.string()),
    reading: ChosenReading,
    seconds: z.number(),
  })
  .meta({ id: "ImportReport" });
export type ImportReport = z.infer<typeof ImportReport>;

/** A file on its way in, or one that has come. Its bytes are kept until it is imported, a week at most. */
export const Import = z
  .object({
    id: z.int(),
    name: z.string().meta({ description: "The file's" }),
    state: z.enum(["receiving", "received", "importing", "imported", "rejected"]).meta({
      description:
        "receiving: more bytes are to come; received: ready to be imported; rejected: read, and refused",
    }),
    size: z.int().nullable(),
    received: z.int().meta({ description: "Bytes that are here: the offset of the next part" }),
    rejected: z.int().meta({ description: "Rows that could not be taken when it was last read" }),
    report: ImportReport.nullable(),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Import" });
export type Import = z.infer<typeof Import>;

/** What a column is, as far as a file's beginning shows. */
export const PreviewColumn = z
  .object({
    name: z.string(),
    samples: z.array(z.string()).meta({ description: "Its first cells that differ, cut" }),
    values: z.array(z.string()).nullable().meta({
      description: "All values that the rows looked at have, where they are few and repeat",
    }),
  })
  .meta({ id: "PreviewColumn" });
export type PreviewColumn = z.infer<typeof PreviewColumn>;

/** A label that a file brings along, as far as its beginning shows. */
export const PreviewControl = z
  .object({
    name: z.string(),
    label: z.string().nullable().meta({ description: "The schema's label that it is taken for" }),
    annotators: z.array(z.object({ kind: z.enum(["person", "model", "gold"]), name: z.string() })),
    values: z.array(z.string()),
  })
  .meta({ id: "PreviewControl" });
export type PreviewControl = z.infer<typeof PreviewControl>;

/** The beginning of a file, and how it would be imported. Nothing is stored for it. */
export const ImportPreview = z
  .object({
    name: z.string(),
    reading: ChosenReading,
    sheets: z.array(z.string()).meta({ description: "For XLSX" }),
    columns: z.array(PreviewColumn),
    rows: z.array(z.array(z.string())).meta({ description: "The first rows, their cells cut" }),
    rowsRead: z.int(),
    controls: z.array(PreviewControl),
    mapping: ColumnMapping.meta({ description: "A guess; name no content where none was found" }),
    warnings: z.array(z.string()),
    faults: z.array(RejectedRow).meta({ description: "Rows that cannot be read so" }),
  })
  .meta({ id: "ImportPreview" });
export type ImportPreview = z.infer<typeof ImportPreview>;
