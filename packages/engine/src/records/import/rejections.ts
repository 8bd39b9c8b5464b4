import type { Problem, RejectedRow } from "@countersign/core";

/** Rows named in a problem. */
export const mostReported = 100;

/** The rows of a file that cannot be taken: all counted, the first hundred kept. */
export class Rejections {
  #count = 0;
  #rows: RejectedRow[] = [];

  get count(): number {
    return this.#count;
  }

  get rows(): readonly RejectedRow[] {
    return this.#rows;
  }

  /** Adds rows, in order of their lines; `count` says of how many they are the first. */
  add(rows: readonly RejectedRow[], count = rows.length): void {
    this.#count += count;
    const last = this.#rows[mostReported - 1];
    if (last && rows.every(({ row }) => row >= last.row)) return;
    this.#rows = [...this.#rows, ...rows].sort((a, b) => a.row - b.row).slice(0, mostReported);
  }

  /** Says what is wrong, the first row in full. */
  problem(): Problem<"import-rejected"> {
    const [first] = this.#rows;
    const column = first?.column === undefined ? "" : `, column ${quoted(first.column)},`;
    const line = `${first?.row}${column} ${first?.reason}`;
    const what =
      this.#count === 1
        ? `The file was not imported. Line ${line}.`
        : `The file was not imported: ${this.#count.toLocaleString("en")} rows of it cannot be taken. The first is line ${line}.`;
    return {
      type: "import-rejected",
      what,
      kept: "Nothing of it was stored; the project is as it was.",
      next: "Correct the file and import it again.",
      rows: this.#rows,
    };
  }
}

/**
 * How a text from a file is quoted in a message: short, on one line, and with nothing in it that moves a terminal's
 * cursor or turns the line around.
 */
export function quoted(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/gu, "\u00b7");
  return `“${line.length > 60 ? `${line.slice(0, 60).toWellFormed()}…` : line}”`;
}
