import type { CountersignError } from "@countersign/sdk";
import type { CommonOptions } from "./command.ts";
import { printable } from "./table.ts";

/** Prints a result: as JSON when asked, else as the text that `tell` makes of it. */
export function print<Value>(
  options: CommonOptions,
  value: Value,
  tell: (value: Value) => string,
): void {
  process.stdout.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : tell(value));
}

/** A remark on the way, on stderr so that it never mixes with results. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Tells a failure: what happened, what was kept, what to do next. With --json as one JSON line. */
export function tellProblem(error: CountersignError, json: boolean): void {
  if (json) {
    process.stderr.write(`${JSON.stringify(error.problem)}\n`);
    return;
  }
  const { what, kept, next, rows = [] } = error.problem;
  const lines = [`error: ${what}`];
  // A single row is what the first line tells of already.
  for (const { row, column, reason } of rows.length > 1 ? rows : [])
    lines.push(
      `  row ${row}${column === undefined ? "" : `, column “${printable(column)}”`}: ${printable(reason)}`,
    );
  if (kept !== undefined) lines.push(`kept:  ${kept}`);
  if (next !== undefined) lines.push(`next:  ${next}`);
  process.stderr.write(`${lines.join("\n")}\n`);
}
