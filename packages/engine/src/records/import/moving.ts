import type { ClientBase } from "pg";
import type { Actor } from "../../actor.ts";

/** Staged rows whose key the project does not have yet. */
const fresh = `staging s where not exists (
  select from records r where r.project_id = $1 and r.key = s.key)`;

/** How many of the new rows repeat a text: one of the project's, or of a row before them. */
export async function countRepeatedTexts(client: ClientBase, projectId: number): Promise<number> {
  const { rows } = await client.query<{ repeated: number }>(
    `with texts as materialized (
       select md5(s.content) as hash, exists (
         select from records r
         where r.project_id = $1 and md5(r.content) = md5(s.content) and r.content = s.content
       ) as known
       from ${fresh}
     )
     select count(*) - count(distinct hash) filter (where not known) as repeated from texts`,
    [projectId],
  );
  return rows[0]?.repeated ?? 0;
}

/** Makes records of the new rows, in the file's order. Returns how many. */
export async function addRecords(
  client: ClientBase,
  projectId: number,
  actor: Actor,
): Promise<number> {
  const { rowCount } = await client.query(
    `insert into records (project_id, key, content, source, metadata, created_by)
     select $1, s.key, s.content, s.source, s.metadata, $2 from ${fresh} order by s.line`,
    [projectId, actor.name],
  );
  return rowCount ?? 0;
}

/** Makes labels of the project's gold annotator from all rows' gold, new or not. Returns how many are new. */
export async function addGold(
  client: ClientBase,
  projectId: number,
  schemaVersion: number,
): Promise<number> {
  await client.query(
    `insert into annotators (project_id, kind, name) values ($1, 'gold', 'gold')
     on conflict (project_id, kind, name) do nothing`,
    [projectId],
  );
  const { rowCount } = await client.query(
    `insert into labels (project_id, record_id, annotator_id, name, value, schema_version)
     select $1, r.id, a.id, g.key, g.value, $2
     from staging s
     cross join lateral jsonb_each(s.gold) g
     join records r on r.project_id = $1 and r.key = s.key
     join annotators a on a.project_id = $1 and a.kind = 'gold'
     order by s.line
     on conflict (record_id, annotator_id, name) do nothing`,
    [projectId, schemaVersion],
  );
  return rowCount ?? 0;
}

/** Adds columns that the project has not had yet to those it knows. */
export async function addColumns(
  client: ClientBase,
  projectId: number,
  columns: readonly string[],
): Promise<void> {
  await client.query(
    `update projects set columns = columns || array(
       select name from unnest($2::text[]) with ordinality as added (name, place)
       where name <> all (columns) order by place)
     where id = $1 and not columns @> $2::text[]`,
    [projectId, columns],
  );
}
