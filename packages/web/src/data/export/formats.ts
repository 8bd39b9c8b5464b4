import type { ExportFormat } from "@countersign/core";

/** What each format is called. */
export const formats: Readonly<Record<ExportFormat, string>> = {
  jsonl: "JSON Lines",
  csv: "CSV",
  parquet: "Parquet",
  xlsx: "Excel",
  "label-studio": "Label Studio",
  huggingface: "Hugging Face",
};
