import type { RejectedRow } from "@countersign/core";
import type { Columns, FilePart, Row } from "../file/part.ts";
import { absentColumns, type ImportPlan, locate, noSuchColumn } from "./mapping.ts";
import { rowReader, type StagedRow } from "./staged-row.ts";

/** A file being read for an import, and what has been seen of it. */
export class FileContents {
  readonly #plan: ImportPlan;
  readonly #columns = new Set<string>();
  readonly #own = new Set<string>();
  readonly #leftOut = new Map<string, number>();
  #rows = 0;
  #rejected = 0;
  #ended = false;

  constructor(plan: ImportPlan) {
    this.#plan = plan;
  }

  /** Data rows seen. */
  get rows(): number {
    return this.#rows;
  }

  /** The records' columns, in order of first appearance. */
  get columns(): readonly string[] {
    return [...this.#own];
  }

  /** Whether the file could be read to its end. */
  get whole(): boolean {
    return !this.#ended;
  }

  /** What the file brought that is no label here, by reason. */
  get leftOut(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#leftOut);
  }

  /** The file's rows: those that can be taken, and those that cannot with their reasons. */
  async *rowsOf(parts: AsyncIterable<FilePart>): AsyncGenerator<StagedRow | RejectedRow> {
    let read: ((row: Row) => StagedRow | RejectedRow) | undefined;
    let header = false;
    for await (const part of parts) {
      if (part.kind === "rejected") {
        this.#rejected += 1;
        this.#ended ||= part.ends ?? false;
        yield part.row;
      } else if (part.kind === "columns") {
        header ||= part.header;
        for (const column of part.columns) this.#columns.add(column);
        for (const column of part.own ?? part.columns) this.#own.add(column);
        const absent = part.header ? this.#absent(part.line) : [];
        yield* absent;
        if (absent.length > 0) {
          this.#ended = true;
          return;
        }
        read = this.#readerOf(part);
      } else if (read) {
        this.#rows += 1;
        const row = read(part);
        if ("reason" in row) this.#rejected += 1;
        else for (const reason of row.leftOut) this.#count(reason);
        yield row;
      }
    }
    if (this.#rejected > 0) return;
    if (this.#rows > 0) yield* this.#absent(1);
    else
      yield {
        row: 1,
        reason: header ? "is the header, and no row follows it" : "is empty, as the file is",
      };
  }

  #count(reason: string): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + 1);
  }

  #readerOf({ columns, codes }: Columns): (row: Row) => StagedRow | RejectedRow {
    const places = locate(this.#plan, columns, codes);
    if (!("missing" in places)) return rowReader(places);
    return ({ line }) => ({ row: line, column: places.missing, reason: noSuchColumn(columns) });
  }

  /** The columns that are asked for and not among those seen: no row can be taken without them. */
  #absent(line: number): RejectedRow[] {
    const columns = [...this.#columns];
    const reason = noSuchColumn(columns);
    return absentColumns(this.#plan, columns).map((column) => ({ row: line, column, reason }));
  }
}
