import type { RejectedRow } from "@countersign/core";
import type { FilePart } from "../file/part.ts";
import { absentColumns, type ImportPlan, locate, noSuchColumn } from "./mapping.ts";
import { Rejections } from "./rejections.ts";
import { rowReader, type StagedRow } from "./staged-row.ts";

type Row = Extract<FilePart, { kind: "row" }>;
type Columns = Extract<FilePart, { kind: "columns" }>;

/** A file being read for an import, and what has been seen of it. */
export class FileReading {
  readonly rejections = new Rejections();
  readonly #plan: ImportPlan;
  readonly #columns = new Set<string>();
  #rows = 0;

  constructor(plan: ImportPlan) {
    this.#plan = plan;
  }

  /** Data rows seen. */
  get rows(): number {
    return this.#rows;
  }

  /** Columns seen, in order of first appearance. */
  get columns(): readonly string[] {
    return [...this.#columns];
  }

  /** The file's rows that can become records; when the last has been read, all others are among the rejections. */
  async *stagedRows(parts: AsyncIterable<FilePart>): AsyncGenerator<StagedRow> {
    let read: ((row: Row) => StagedRow | RejectedRow) | undefined;
    let header = false;
    for await (const part of parts) {
      if (part.kind === "rejected") {
        this.rejections.add([part.row]);
      } else if (part.kind === "columns") {
        header ||= part.header;
        for (const column of part.columns) this.#columns.add(column);
        if (part.header && this.#rejectAbsent(part.line)) return;
        read = this.#readerOf(part);
      } else if (read) {
        this.#rows += 1;
        const row = read(part);
        if ("reason" in row) this.rejections.add([row]);
        else yield row;
      }
    }
    if (this.rejections.count > 0) return;
    if (this.#rows > 0) this.#rejectAbsent(1);
    else
      this.rejections.add([
        {
          row: 1,
          reason: header ? "is the header, and no row follows it" : "is empty, as the file is",
        },
      ]);
  }

  #readerOf({ columns }: Columns): (row: Row) => StagedRow | RejectedRow {
    const places = locate(this.#plan, columns);
    if (!("missing" in places)) return rowReader(places);
    return ({ line }) => ({ row: line, column: places.missing, reason: noSuchColumn(columns) });
  }

  /** Rejects the file where columns that are asked for are not among those seen. */
  #rejectAbsent(line: number): boolean {
    const absent = absentColumns(this.#plan, this.columns);
    const reason = noSuchColumn(this.columns);
    this.rejections.add(absent.map((column) => ({ row: line, column, reason })));
    return absent.length > 0;
  }
}
