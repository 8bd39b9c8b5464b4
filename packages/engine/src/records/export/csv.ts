import type { LabelledRow } from "./snapshot.ts";
import type { Cell, Table } from "./table.ts";

/** Whether cells that a spreadsheet would run are kept as they are, or get an apostrophe in front. */
export type Formulas = "escape" | "keep";

/** Writes a table as CSV (RFC 4180, lines ended by a line feed). Lists are written as JSON, as an import reads them. */
export function csvWriter(table: Table, formulas: Formulas) {
  const written = formulas === "escape" ? harmless : exact;
  const line = (cells: readonly Cell[]): string => {
    let text = "";
    for (let at = 0; at < cells.length; at += 1) {
      if (at > 0) text += ",";
      const cell = cells[at];
      if (cell === null || cell === undefined || cell === "") continue;
      // What we write of numbers and truth values needs no quotes and runs nowhere.
      if (typeof cell === "number" || typeof cell === "boolean") text += cell;
      else text += written(typeof cell === "string" ? cell : JSON.stringify(cell));
    }
    return `${text}\n`;
  };
  return {
    header: line(table.columns.map(({ name }) => name)),
    lines: (record: LabelledRow): string => {
      let text = "";
      for (const row of table.rowsOf(record)) text += line(row);
      return text;
    },
  };
}

/*
 * Written here and not by the library that reads CSV's sister: per row it takes an eighth of that one's time, which
 * would be most of an export's.
 */
const exact = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const harmless = (cell: string): string => exact(isFormula(cell) ? `'${cell}` : cell);

const beginnings = new Set(
  Array.from("=+-@\t\r\n＝＋－＠", (character) => character.charCodeAt(0)),
);

/**
 * Whether a spreadsheet would run the cell; numbers with a sign are only shown. (OWASP, CSV Injection) What looks as if an
 * apostrophe had been put in front gets another one, so that an import of the file can take it off.
 */
const isFormula = (cell: string): boolean =>
  /^'+[=+\-@\t\r\n＝＋－＠]/.test(cell) ||
  (beginnings.has(cell.charCodeAt(0)) && !/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(cell));
