import type { RejectedRow } from "@countersign/core";
import type { ClientBase } from "pg";
import { mostReported, quoted, type Rejections } from "./rejections.ts";

/** Rejects the rows whose key an earlier row of the file has. */
export async function rejectDuplicates(
  client: ClientBase,
  rejections: Rejections,
  keyColumn: string | undefined,
): Promise<void> {
  const { rows } = await client.query<{ line: number; key: string; first: number; count: number }>(
    `select line, key, first, count(*) over () as count from (
       select line, key, min(line) over (partition by key) as first from staging
       where key in (select key from staging group by key having count(*) > 1)
     ) repeated where line > first order by line limit ${mostReported}`,
  );
  add(rejections, rows, ({ line, key, first }) => ({
    row: line,
    ...(keyColumn === undefined
      ? { reason: `has the same text as line ${first}; where no column is the key, the text is` }
      : {
          column: keyColumn,
          reason: `holds the key ${quoted(key)}, which line ${first} has already`,
        }),
  }));
}

/** Rejects the rows whose key stands in the project for something else. */
export async function rejectConflicts(
  client: ClientBase,
  rejections: Rejections,
  projectId: number,
): Promise<void> {
  const { rows } = await client.query<{
    line: number;
    key: string;
    text: boolean;
    columns: boolean;
    count: number;
  }>(
    `select s.line, s.key, s.content <> r.content as text, s.source <> r.source as columns,
       count(*) over () as count
     from staging s join records r on r.project_id = $1 and r.key = s.key
     where s.content <> r.content or s.source <> r.source or s.metadata <> r.metadata
     order by s.line limit ${mostReported}`,
    [projectId],
  );
  add(rejections, rows, ({ line, key, text, columns }) => {
    const what = text ? "another text" : columns ? "other columns" : "other metadata";
    return {
      row: line,
      reason: `has the key ${quoted(key)}, which is in the project with ${what}`,
    };
  });
}

/** Rejects the rows whose gold contradicts gold that the project has already. */
export async function rejectGoldConflicts(
  client: ClientBase,
  rejections: Rejections,
  projectId: number,
): Promise<void> {
  const { rows } = await client.query<{
    line: number;
    name: string;
    old: unknown;
    new: unknown;
    count: number;
  }>(
    `select s.line, l.name, l.value as old, g.value as new, count(*) over () as count
     from staging s
     cross join lateral jsonb_each(s.gold) g
     join records r on r.project_id = $1 and r.key = s.key
     join annotators a on a.project_id = $1 and a.kind = 'gold'
     join labels l on l.record_id = r.id and l.annotator_id = a.id and l.name = g.key
     where l.value <> g.value
     order by s.line limit ${mostReported}`,
    [projectId],
  );
  add(rejections, rows, ({ line, name, old, new: other }) => ({
    row: line,
    reason: `has ${quoted(String(other))} as gold for ${quoted(name)}, where the project has ${quoted(String(old))}`,
  }));
}

function add<Row extends { readonly count: number }>(
  rejections: Rejections,
  rows: readonly Row[],
  rejected: (row: Row) => RejectedRow,
): void {
  rejections.add(rows.map(rejected), rows[0]?.count ?? 0);
}
