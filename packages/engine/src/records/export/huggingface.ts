import type { ExportOptions } from "@countersign/core";
import type pg from "pg";
import { datasetCard, type Split } from "./dataset-card.ts";
import type { Frame } from "./frame.ts";
import { parquetFile } from "./parquet.ts";
import { Refused } from "./refused.ts";
import { countByColumn, type LabelledRow, type Selection } from "./snapshot.ts";
import type { Table } from "./table.ts";
import { Tally } from "./tally.ts";
import { type ZipEntry, zipped } from "./zip.ts";

const mostSplits = 50;

/** Reads a selection's records, in order. */
type Read = (selection: Selection) => AsyncIterable<readonly LabelledRow[]>;

interface Part {
  readonly name: string;
  readonly selection: Selection;
}

/**
 * The splits of a dataset: one named `train`, or one for each value of a column. A loader takes letters, digits and
 * underscores in their names.
 *
 * @throws {Refused} where the column's values make no splits
 */
export async function splitsOf(
  client: pg.PoolClient,
  selection: Selection,
  { splitBy }: Pick<ExportOptions, "splitBy">,
  frame: Frame,
): Promise<readonly Part[]> {
  if (splitBy === undefined) return [{ name: "train", selection }];
  if (!frame.columns.includes(splitBy))
    throw refused(
      `There is no imported column “${splitBy}” to split by.`,
      frame.columns.length === 0
        ? "Leave splitting out: no file with columns was imported."
        : `There are: ${frame.columns.join(", ")}.`,
    );
  const values = await countByColumn(client, selection, splitBy, mostSplits + 1);
  if (values.length > mostSplits)
    throw refused(
      `Column “${splitBy}” has more than ${mostSplits} values, which are no splits.`,
      "Split by a column with few values, such as train and test.",
    );
  return values.map(({ value, n }) => {
    if (value === null || !/^\w+(?:\.\w+)*$/.test(value))
      throw refused(
        value === null || value === ""
          ? `${n} records have nothing in column “${splitBy}”, so that they belong to no split.`
          : `“${value.slice(0, 100)}” in column “${splitBy}” is no name of a split: only letters, digits and underscores are.`,
        "Choose the records with a search, or split by another column.",
      );
    return { name: value, selection: { ...selection, part: { column: splitBy, value } } };
  });
}

const refused = (what: string, next: string) =>
  new Refused({ type: "export-not-possible", what, kept: "Nothing was written.", next });

/** Writes a folder that the datasets library loads, as a ZIP archive: data/<split>.parquet and a README.md that is its card. */
export async function* datasetFolder(
  table: Table,
  parts: readonly Part[],
  frame: Frame,
  read: Read,
): AsyncGenerator<Uint8Array, void, undefined> {
  async function* entries(): AsyncGenerator<ZipEntry, void, undefined> {
    const splits: Split[] = [];
    for (const { name, selection } of parts) {
      const path = `data/${name}.parquet`;
      const tally = new Tally(frame);
      splits.push({ name, path, tally });
      yield { name: path, content: parquetFile(table, counted(read(selection), tally)) };
    }
    yield { name: "README.md", content: just(datasetCard(frame, table.columns, splits)) };
  }
  // Parquet is compressed within itself.
  yield* zipped(entries(), { level: 0, large: true });
}

async function* counted(
  records: AsyncIterable<readonly LabelledRow[]>,
  tally: Tally,
): AsyncGenerator<readonly LabelledRow[], void, undefined> {
  for await (const rows of records) {
    for (const row of rows) tally.add(row);
    yield rows;
  }
}

async function* just(text: string): AsyncGenerator<string, void, undefined> {
  yield text;
}
