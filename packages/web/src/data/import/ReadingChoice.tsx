import { Choice } from "../../sentence/Choice.tsx";
import type { Reading } from "./preview.ts";

export interface ReadingChoiceProps {
  readonly reading: Reading;
  readonly onChange: (reading: Reading) => void;
}

const readings: Readonly<Record<string, readonly [words: string, reading: Reading]>> = {
  "csv,": ["CSV with commas", { format: "csv", delimiter: "," }],
  "csv;": ["CSV with semicolons", { format: "csv", delimiter: ";" }],
  "csv\t": ["CSV with tabs", { format: "csv", delimiter: "\t" }],
  "csv|": ["CSV with bars", { format: "csv", delimiter: "|" }],
  tsv: ["TSV", { format: "tsv" }],
  jsonl: ["JSON Lines", { format: "jsonl" }],
};

/** How a file is read, where the guess was wrong. */
export function ReadingChoice({ reading, onChange }: ReadingChoiceProps) {
  return (
    <Choice
      name="Read as"
      set={false}
      options={Object.entries(readings).map(([key, [words]]) => [key, words])}
      chosen={`${reading.format}${reading.delimiter ?? ""}`}
      onChoose={(key) => {
        const chosen = readings[key];
        if (chosen) onChange(chosen[1]);
      }}
    />
  );
}
