import type pg from "pg";
import { migrationTexts } from "./migrate.ts";

/** Names of the tables that our migrations make, those that are there, in an order in which they can be filled. */
export async function ownTables(client: pg.ClientBase): Promise<readonly string[]> {
  const texts = Object.values(await migrationTexts());
  const made = texts.flatMap((text) =>
    [...text.matchAll(/(?:\bcreate (?:unlogged )?table|\brename to) (\w+)/g)].map(
      ([, name]) => name,
    ),
  );
  const { rows } = await client.query<{ name: string; needs: string[] }>(
    `select c.relname as name, array(
       select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
       where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as needs
     from pg_class c
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname = any($1::text[])
     order by c.relname`,
    [made],
  );
  return inOrder(new Map(rows.map(({ name, needs }) => [name, needs])));
}

/** A table follows those that its rows refer to. */
function inOrder(needs: ReadonlyMap<string, readonly string[]>): string[] {
  const order = new Set<string>();
  const add = (name: string, path: readonly string[]): void => {
    if (order.has(name) || !needs.has(name)) return;
    if (path.includes(name)) throw new Error(`tables refer to each other: ${path.join(", ")}`);
    for (const needed of needs.get(name) ?? []) add(needed, [...path, name]);
    order.add(name);
  };
  for (const name of needs.keys()) add(name, []);
  return [...order];
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
