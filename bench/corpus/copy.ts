const atOnce = 2000;

/** Rows in COPY's text format, some lines at a time. */
export function* copyLines(rows: Iterable<readonly (string | number | null)[]>): Generator<string> {
  let batch: string[] = [];
  for (const row of rows) {
    batch.push(`${row.map(cell).join("\t")}\n`);
    if (batch.length < atOnce) continue;
    yield batch.join("");
    batch = [];
  }
  yield batch.join("");
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

const cell = (value: string | number | null): string =>
  value === null ? "\\N" : String(value).replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? found);
