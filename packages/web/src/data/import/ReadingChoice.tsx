import {
  Encoding,
  type FileReading,
  type ImportFormat,
  type ImportPreview,
} from "@countersign/core";
import { Choice } from "../../sentence/Choice.tsx";

export interface ReadingChoiceProps {
  /** How the file is read now. */
  readonly preview: ImportPreview;
  /** What of that was chosen and not found out. */
  readonly reading: FileReading;
  readonly onChange: (reading: FileReading) => void;
}

interface Form {
  readonly format: ImportFormat;
  readonly delimiter?: string;
}

const forms: Readonly<Record<string, readonly [words: string, form: Form]>> = {
  "csv,": ["CSV with commas", { format: "csv", delimiter: "," }],
  "csv;": ["CSV with semicolons", { format: "csv", delimiter: ";" }],
  "csv\t": ["CSV with tabs", { format: "csv", delimiter: "\t" }],
  "csv|": ["CSV with bars", { format: "csv", delimiter: "|" }],
  tsv: ["TSV", { format: "tsv" }],
  json: ["JSON", { format: "json" }],
  jsonl: ["JSON Lines", { format: "jsonl" }],
  parquet: ["Parquet", { format: "parquet" }],
  xlsx: ["XLSX", { format: "xlsx" }],
};

/** How a file is read, as a sentence whose parts can be put right. */
export function ReadingChoice({ preview, reading, onChange }: ReadingChoiceProps) {
  const { format, delimiter, encoding, header, sheet, layout, gzip } = preview.reading;
  const form = format === "csv" ? `csv${delimiter ?? ""}` : format;
  return (
    <>
      <Choice
        name="Read as"
        set={reading.format !== undefined}
        options={Object.entries(forms).map(([key, [words]]) => [key, words])}
        chosen={form}
        says={forms[form]?.[0] ?? `CSV with “${delimiter}”`}
        onChoose={(key) => {
          const chosen = forms[key]?.[1];
          if (!chosen) return;
          const { format: _, delimiter: __, ...others } = reading;
          onChange({ ...others, ...chosen });
        }}
      />
      {gzip && <span>in gzip,</span>}
      {encoding !== null && (
        <Choice
          name="Encoding"
          set={reading.encoding !== undefined}
          options={Encoding.options.map((one) => [one, one])}
          chosen={encoding}
          onChoose={(chosen) => onChange({ ...reading, encoding: chosen })}
        />
      )}
      {preview.sheets.length > 1 && (
        <Choice
          name="Sheet"
          set={reading.sheet !== undefined}
          says={`sheet “${sheet}”`}
          options={preview.sheets.map((one) => [one, one])}
          chosen={sheet ?? ""}
          onChoose={(chosen) => onChange({ ...reading, sheet: chosen })}
        />
      )}
      {header !== null && (
        <Choice
          name="Header"
          set={reading.header !== undefined}
          options={[
            ["yes", "first row names the columns"],
            ["no", "no header"],
          ]}
          chosen={header ? "yes" : "no"}
          onChoose={(chosen) => onChange({ ...reading, header: chosen === "yes" })}
        />
      )}
      {(layout !== "table" || reading.layout !== undefined) && (
        <Choice
          name="Layout"
          set={reading.layout !== undefined}
          options={[
            ["table", "columns as they are"],
            ["label-studio", "Label Studio’s tasks"],
            ["argilla", "Argilla’s records"],
            ["countersign", "an export from Countersign"],
          ]}
          chosen={layout}
          onChoose={(chosen) => onChange({ ...reading, layout: chosen })}
        />
      )}
    </>
  );
}
