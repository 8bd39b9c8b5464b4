import { gzipSync } from "node:zlib";
import { ByteWriter, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import type { LabelledRow } from "./snapshot.ts";
import { asText, type Cell, type Column, type Table } from "./table.ts";

/** A row group is closed at so many rows or characters, so that what is held does not grow with the file. */
const mostRows = 50_000;
const mostCharacters = 16_000_000;

/** Writes a table as Parquet, a row group at a time. */
export async function* parquetFile(
  table: Table,
  records: AsyncIterable<readonly LabelledRow[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { columns } = table;
  const out = new Drained();
  const schema: SchemaElement[] = [
    { name: "root", num_children: columns.length },
    ...columns.flatMap(elementsOf),
  ];
  const writer = new ParquetWriter({
    writer: out,
    schema,
    createdBy: "countersign",
    codec: "GZIP",
    compressors: { GZIP: compressed },
  });
  let group = new Group(columns);
  const close = (): Uint8Array => {
    if (group.rows > 0) writer.write({ columnData: group.data(), rowGroupSize: group.rows });
    group = new Group(columns);
    return out.taken();
  };
  for await (const rows of records)
    for (const record of rows) {
      for (const row of table.rowsOf(record)) group.add(row);
      if (group.rows >= mostRows || group.characters >= mostCharacters) yield close();
    }
  yield close();
  writer.finish();
  yield out.taken();
}

/** By Node's own code, in a form that every reader knows: Snappy in JavaScript took the most of an export's time. */
const compressed = (page: Uint8Array): Uint8Array => gzipSync(page, { level: 1 });

class Group {
  rows = 0;
  characters = 0;
  readonly #columns: readonly Column[];
  readonly #cells: unknown[][];

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    this.#cells = columns.map(() => []);
  }

  add(row: readonly Cell[]): void {
    this.rows += 1;
    for (const [at, column] of this.#columns.entries()) {
      const cell = row[at] ?? null;
      if (typeof cell === "string") this.characters += cell.length;
      this.#cells[at]?.push(stored(cell, column));
    }
  }

  data() {
    return this.#columns.map(({ name }, at) => ({ name, data: this.#cells[at] ?? [] }));
  }
}

/** A cell as the column's type has it. A label that was a single choice once may hold texts where lists are now, or the reverse. */
function stored(cell: Cell, { type }: Column): unknown {
  if (cell === null) return null;
  if (type === "integer" || type === "class") return BigInt(Number(cell));
  if (type === "classes") return [cell].flat().map((one) => BigInt(Number(one)));
  if (type === "list") return [cell].flat().map(String);
  if (type === "text")
    return typeof cell === "string" ? cell : asText([cell].flat().map(String), "");
  return cell;
}

const text = { type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
const whole = { type: "INT64" } as const;

/** A column in the file's schema; a list is three elements deep there. */
function elementsOf({ name, type }: Column): SchemaElement[] {
  if (type === "list" || type === "classes")
    return [
      { name, repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      { name: "element", repetition_type: "OPTIONAL", ...(type === "list" ? text : whole) },
    ];
  const optional = { name, repetition_type: "OPTIONAL" } as const;
  if (type === "integer" || type === "class") return [{ ...optional, ...whole }];
  if (type === "number") return [{ ...optional, type: "DOUBLE" }];
  if (type === "boolean") return [{ ...optional, type: "BOOLEAN" }];
  // JSON is text to most readers; those that know the type Parquet has for it show it as bytes.
  return [{ ...optional, ...text }];
}

/** What is written is taken out piece by piece; offsets go on counting from the file's start. */
class Drained extends ByteWriter {
  taken(): Uint8Array {
    const bytes = this.getBytes().slice();
    this.index = 0;
    return bytes;
  }
}
