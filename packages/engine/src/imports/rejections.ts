import { ok, type RejectedRow, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { get, type ImportNotFound, type ImportReference } from "./find.ts";

const pageSize = 5000;

/** Every row of a file that could not be taken, in its order, as CSV or JSON Lines. */
export async function rejections(
  engine: Engine,
  { format, ...reference }: ImportReference & { readonly format: "csv" | "jsonl" },
): Promise<Result<AsyncGenerator<string>, ImportNotFound>> {
  const found = await get(engine, reference);
  if (!found.ok) return found;
  return ok(written(rowsOf(engine, reference.import), format));
}

async function* rowsOf(engine: Engine, importId: number): AsyncGenerator<RejectedRow[]> {
  for (let after = 0; ; ) {
    const rows = await engine.db
      .selectFrom("import_rejections")
      .select(["place", "line", "column_name", "reason"])
      .where("import_id", "=", importId)
      .where("place", ">", after)
      .orderBy("place")
      .limit(pageSize)
      .execute();
    yield rows.map(({ line, column_name, reason }) => ({
      row: line,
      ...(column_name !== null && { column: column_name }),
      reason,
    }));
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.place ?? after;
  }
}

async function* written(
  pages: AsyncIterable<readonly RejectedRow[]>,
  format: "csv" | "jsonl",
): AsyncGenerator<string> {
  if (format === "csv") yield "row,column,reason\r\n";
  for await (const rows of pages)
    yield rows
      .map((row) =>
        format === "csv"
          ? `${row.row},${cell(row.column ?? "")},${cell(row.reason)}\r\n`
          : `${JSON.stringify(row)}\n`,
      )
      .join("");
}

/** A cell that no spreadsheet runs: column names are from the file. */
const cell = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
