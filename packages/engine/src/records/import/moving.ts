import type { ImportRules } from "@countersign/core";
import type { ClientBase } from "pg";
import type { Actor } from "../../actor.ts";

/** Staged rows that become records. */
const fresh = "staging s where s.record_id is null and s.stands is null and s.fate is null";

/** How many of the new rows repeat a text: one of the project's, or of a row before them. */
async function countRepeatedTexts(client: ClientBase, projectId: number): Promise<number> {
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
async function addRecords(client: ClientBase, projectId: number, actor: Actor): Promise<number> {
  const { rowCount } = await client.query(
    `insert into records (project_id, key, content, content_kind, turns, source, metadata, created_by)
     select $1, s.key, s.content, s.kind, s.turns, s.source, s.metadata, $2
     from ${fresh} order by s.n`,
    [projectId, actor.name],
  );
  return rowCount ?? 0;
}

interface Updated {
  readonly updated: number;
  /** Labels that were given to a text that is now another. */
  readonly outdatedLabels: number;
}

/** Replaces the content of known records by that of their rows. */
async function updateRecords(client: ClientBase): Promise<Updated> {
  const outdated = await client.query<{ n: number }>(
    `select count(*) as n from staging s
     join records r on r.id = s.record_id and r.content <> s.content
     join labels l on l.record_id = r.id
     where s.fate = 'update'`,
  );
  const records = await client.query(
    `update records r set content = s.content, content_kind = s.kind, turns = s.turns,
       source = s.source, metadata = s.metadata
     from staging s where s.fate = 'update' and r.id = s.record_id`,
  );
  await forgetEmbedded(client);
  const joined = await client.query(
    `update merged_rows m set source = s.source, metadata = s.metadata
     from staging s where s.fate = 'update-joined' and m.record_id = s.record_id and m.key = s.key`,
  );
  return {
    updated: (records.rowCount ?? 0) + (joined.rowCount ?? 0),
    outdatedLabels: outdated.rows[0]?.n ?? 0,
  };
}

/** What a model made of a text that is now another goes, after the texts: who stores vectors holds records first. */
async function forgetEmbedded(client: ClientBase): Promise<void> {
  for (const table of ["vectors", "embedding_refusals"])
    await client.query(
      `delete from ${table} as made using staging s join records r on r.id = s.record_id
       where s.fate = 'update' and made.record_id = r.id
         and made.digest <> sha256(convert_to(r.content, 'UTF8'))`,
    );
}

/** Keeps the keys and columns of the rows that joined a record. Returns how many. */
async function keepJoined(client: ClientBase, projectId: number): Promise<number> {
  const { rowCount } = await client.query(
    `insert into merged_rows (project_id, key, record_id, source, metadata)
     select $1, s.key, coalesce(s.record_id, r.id), s.source, s.metadata
     from staging s
     left join staging k on k.n = s.stands
     left join records r on r.project_id = $1 and r.key = k.key
     where s.fate = 'join' order by s.n`,
    [projectId],
  );
  return rowCount ?? 0;
}

interface AddedLabels {
  readonly goldLabels: number;
  readonly labels: number;
  readonly updatedLabels: number;
}

/** Makes labels of the staged ones, of rows new or not. */
async function addLabels(
  client: ClientBase,
  {
    projectId,
    schemaVersion,
    importId,
    update,
  }: {
    readonly projectId: number;
    readonly schemaVersion: number;
    readonly importId: number | null;
    readonly update: boolean;
  },
): Promise<AddedLabels> {
  await client.query(
    `insert into annotators (project_id, kind, name)
     select $1, kind, annotator from staged_labels group by kind, annotator
       order by min(n), kind, annotator
     on conflict (project_id, kind, name) do nothing`,
    [projectId],
  );
  await client.query(
    `update staged_labels l set record_id = r.id
     from staging k join records r on r.project_id = $1 and r.key = k.key
     where l.record_id is null and k.n = l.stands`,
    [projectId],
  );
  const updated = update
    ? await client.query(
        `update labels l set value = s.value, schema_version = $2, confidence = s.confidence,
           confidence_method = case when s.confidence is not null then 'imported' end,
           metadata = jsonb_strip_nulls(jsonb_build_object('import', $3::bigint))
             || case when l.metadata ? 'user' then jsonb_build_object('user', l.metadata -> 'user') else '{}' end,
           created_at = coalesce(s.at, now())
         from staged_labels s
         join annotators a on a.project_id = $1 and a.kind = s.kind and a.name = s.annotator
         where l.record_id = s.record_id and l.annotator_id = a.id and l.name = s.name
           and l.value <> s.value and l.status = 'unverified'`,
        [projectId, schemaVersion, importId],
      )
    : { rowCount: 0 };
  const { rows } = await client.query<{ gold: number; others: number }>(
    `with added as (
       insert into labels (project_id, record_id, annotator_id, name, value, schema_version,
         confidence, confidence_method, metadata, created_at)
       select $1, s.record_id, a.id, s.name, s.value, $2, s.confidence,
         case when s.confidence is not null then 'imported' end,
         jsonb_strip_nulls(jsonb_build_object('import', $3::bigint)), coalesce(s.at, now())
       from staged_labels s
       join annotators a on a.project_id = $1 and a.kind = s.kind and a.name = s.annotator
       order by s.n, a.id
       on conflict (record_id, annotator_id, name) do nothing
       returning annotator_id)
     select count(*) filter (where a.kind = 'gold') as gold,
       count(*) filter (where a.kind <> 'gold') as others
     from added join annotators a on a.id = added.annotator_id`,
    [projectId, schemaVersion, importId],
  );
  return {
    goldLabels: rows[0]?.gold ?? 0,
    labels: rows[0]?.others ?? 0,
    updatedLabels: updated.rowCount ?? 0,
  };
}

/** What is moved, and how. */
interface Move {
  readonly projectId: number;
  readonly actor: Actor;
  readonly rules: ImportRules;
  readonly schemaVersion: number;
  readonly importId: number | null;
  readonly labelled: boolean;
  readonly contents: { readonly columns: readonly string[] };
}

/** Makes of the staged rows what they are to become. */
export async function moveRows(client: ClientBase, move: Move) {
  const { projectId, actor, rules, labelled, contents } = move;
  const standing = await countStanding(client);
  const repeatedTexts = await countRepeatedTexts(client, projectId);
  const added = await addRecords(client, projectId, actor);
  const { updated, outdatedLabels } =
    rules.duplicates === "update" ? await updateRecords(client) : unmoved;
  const merged = rules.sameTexts === "merge" ? await keepJoined(client, projectId) : 0;
  const update = rules.duplicates === "update";
  const labels = labelled ? await addLabels(client, { ...move, update }) : noLabels;
  await addColumns(client, projectId, contents.columns);
  return { ...standing, added, updated, merged, repeatedTexts, outdatedLabels, ...labels };
}

const unmoved: Updated = { updated: 0, outdatedLabels: 0 };
const noLabels: AddedLabels = { goldLabels: 0, labels: 0, updatedLabels: 0 };

/** Rows that change nothing: known and the same, or passed over. */
async function countStanding(
  client: ClientBase,
): Promise<{ readonly unchanged: number; readonly skipped: number }> {
  const { rows } = await client.query<{ unchanged: number; skipped: number }>(
    `select count(*) filter (where record_id is not null and (fate is null or fate = 'joined')) as unchanged,
       count(*) filter (where fate = 'skip') as skipped
     from staging where record_id is not null or fate is not null`,
  );
  return rows[0] ?? { unchanged: 0, skipped: 0 };
}

/** Adds columns that the project has not had yet to those it knows. */
async function addColumns(
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
