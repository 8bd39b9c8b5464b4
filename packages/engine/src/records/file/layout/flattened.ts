import type { BroughtLabel, Columns, FilePart, Row } from "../part.ts";

/** A row of a layout that nests, laid flat: its own columns, and the labels it brings along. */
export interface FlatRow {
  /** Column → its JSON as written. */
  readonly members: ReadonlyMap<string, string>;
  readonly labels: readonly BroughtLabel[];
  readonly leftOut: readonly string[];
  readonly whole?: Row["whole"];
  /** The record's own columns, where the members are not they. */
  readonly columns?: readonly string[];
}

/** Lays each row of a file flat; `flatten` tells why where it cannot. Columns are announced where they change. */
export async function* flattened(
  parts: AsyncIterable<FilePart>,
  flatten: (members: ReadonlyMap<string, string>) => FlatRow | string,
): AsyncGenerator<FilePart, void> {
  let announced: Columns | undefined;
  let known: { readonly columns: readonly string[]; readonly own?: readonly string[] } | undefined;
  for await (const part of parts) {
    if (part.kind === "columns") announced = part;
    else if (part.kind === "rejected" || !announced) yield part;
    else {
      const flat = flatten(membersOf(announced, part));
      if (typeof flat === "string") {
        yield { kind: "rejected", row: { row: part.line, reason: flat } };
        continue;
      }
      const columns = [...flat.members.keys()];
      const own = flat.columns;
      if (!known || !areSame(columns, known.columns) || !areSame(own, known.own)) {
        known = { columns, ...(own && { own }) };
        yield { kind: "columns", line: part.line, header: false, ...known };
      }
      const json = [...flat.members.values()];
      yield {
        kind: "row",
        line: part.line,
        cells: json.map(cellOf),
        json,
        labels: flat.labels,
        leftOut: flat.leftOut,
        whole: flat.whole,
      };
    }
  }
}

const areSame = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((name, at) => name === b[at]);

function membersOf({ columns }: Columns, { cells, json }: Row): ReadonlyMap<string, string> {
  return new Map(
    columns.map((name, at) => [name, json?.[at] ?? JSON.stringify(cells[at] ?? "")] as const),
  );
}

/** A text as it is, anything else as its JSON. */
const cellOf = (json: string): string => (json.startsWith('"') ? String(JSON.parse(json)) : json);
