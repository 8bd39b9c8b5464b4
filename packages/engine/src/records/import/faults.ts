import type { Problem, RejectedRow } from "@countersign/core";
import type { ClientBase } from "pg";
import { quoted } from "./quoted.ts";

/** Rows named in a problem. */
const mostReported = 100;

/** How many rows cannot be taken. */
export async function countFaults(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ n: number }>("select count(*) as n from faults");
  return rows[0]?.n ?? 0;
}

/** The first rows that cannot be taken, in order of their lines. */
async function firstFaults(client: ClientBase): Promise<RejectedRow[]> {
  const { rows } = await client.query<{ line: number; column_name: string | null; reason: string }>(
    `select line, column_name, reason from faults order by line, n, column_name limit ${mostReported}`,
  );
  return rows.map(({ line, column_name, reason }) => ({
    row: line,
    ...(column_name !== null && { column: column_name }),
    reason,
  }));
}

/** Whether rows were refused only for differing from others or from what the project has. */
async function someDiffer(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ differ: boolean }>(
    "select exists (select from faults where differs) as differ",
  );
  return rows[0]?.differ ?? false;
}

const byRule =
  " Where rows only differ from what is there, the rule for duplicates decides: with “update” (--duplicates update) what comes last stands, with “skip” (--duplicates skip) what was there first.";

/** What rows of a file are counted in: lines, where it has lines. */
export type RowWord = "Line" | "Row";

/** Says what is wrong, the first row in full. */
export async function problemOf(
  client: ClientBase,
  count: number,
  word: RowWord,
  importId?: number,
): Promise<Problem<"import-rejected">> {
  const rows = await firstFaults(client);
  const [first] = rows;
  const column = first?.column === undefined ? "" : `, column ${quoted(first.column)},`;
  const line = `${first?.row}${column} ${first?.reason}`;
  const what =
    count === 1
      ? `The file was not imported. ${word} ${line}.`
      : `The file was not imported: ${count.toLocaleString("en")} rows of it cannot be taken. The first is ${word.toLowerCase()} ${line}.`;
  const all =
    importId !== undefined && count > 1
      ? ` All of them are listed as the rejections of import ${importId}.`
      : "";
  return {
    type: "import-rejected",
    what,
    kept: "Nothing of it was stored; the project is as it was.",
    next: `Correct the file and import it again, or leave the bad rows out.${(await someDiffer(client)) ? byRule : ""}${all}`,
    rows,
  };
}
