import type { LabelValue, RecordSource } from "@countersign/core";
import { type Frame, factsOf, type LabelFacts } from "./facts.ts";
import type { LabelledRow } from "./snapshot.ts";

/** Whether cells that a spreadsheet would run are kept as they are, or get an apostrophe in front. */
export type Formulas = "escape" | "keep";

type Cell = (facts: LabelFacts) => string;

const none = (value: string | number | boolean | null | undefined): string => String(value ?? "");

/** Several values are a JSON list, as an import reads them. */
const written = (value: LabelValue | null | undefined): string =>
  Array.isArray(value) ? JSON.stringify(value) : none(value);

/** The columns of one label, named `<label>.<fact>`. */
const labelCells: Readonly<Record<string, Cell>> = {
  model: ({ model }) => written(model?.value),
  confidence: ({ model }) => none(model?.confidence),
  model_version: ({ model }) => none(model?.modelVersion),
  simulated: ({ model }) => none(model?.simulated),
  job: ({ model }) => none(model?.job),
  verification: ({ verification }) => none(verification?.verdict),
  verified_by: ({ verification }) => none(verification?.by),
  verified_at: ({ verification }) => none(verification?.at),
  final: ({ final }) => written(final?.value),
  final_source: ({ final }) => none(final?.source),
  final_by: ({ final }) => none(final?.by),
  gold: ({ gold }) => written(gold),
};

/** The header: key and text, each label's facts, and every imported column as `source.<column>`. */
export function csvHeader({ names, columns }: Frame, formulas: Formulas): string {
  const facts = names.flatMap((name) => Object.keys(labelCells).map((fact) => `${name}.${fact}`));
  return line(["key", "text", ...facts, ...columns.map((column) => `source.${column}`)], formulas);
}

/** A record as one line, or several where a cell holds line breaks. */
export function csvLine(row: LabelledRow, frame: Frame, formulas: Formulas): string {
  const source: RecordSource = JSON.parse(row.source);
  const cells = [row.key, row.content];
  for (const facts of factsOf(row.labels, frame))
    for (const cell of Object.values(labelCells)) cells.push(cell(facts));
  for (const column of frame.columns) cells.push(none(source[column]));
  return line(cells, formulas);
}

/*
 * Written here and not by the library that reads CSV's sister: per row it takes an eighth of that one's time, which
 * would be most of an export's.
 */
function line(cells: readonly string[], formulas: Formulas): string {
  let text = "";
  for (const cell of cells) {
    const safe = formulas === "escape" && isFormula(cell) ? `'${cell}` : cell;
    text += `,${/[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe}`;
  }
  return `${text.slice(1)}\n`;
}

/** Whether a spreadsheet would run the cell; numbers with a sign are only shown. (OWASP, CSV Injection) */
const isFormula = (cell: string): boolean =>
  /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(cell);
