import type { ImportRules } from "@countersign/core";
import type { ClientBase } from "pg";
import { quotedSql } from "./quoted.ts";

/*
 * Rows are compared in sets. `stands` names the row that stands for a record, `record_id` the record that is there already,
 * `fate` what becomes of the row: update, skip, or join (a record with the same text).
 */

export interface Comparing {
  readonly projectId: number;
  readonly rules: ImportRules;
  /** The column of the key; the text is the key where there is none. */
  readonly keyColumn: string | undefined;
}

/** Finds the rows whose key an earlier row of the file has: each is a fault, or one of them stands for all. */
export async function compareKeys(
  client: ClientBase,
  { rules: { duplicates }, keyColumn }: Comparing,
): Promise<void> {
  await client.query(
    "create temporary table repeated on commit drop as select key, min(n) as first, max(n) as last from staging group by key having count(*) > 1",
  );
  if (duplicates === "refuse") {
    const reason =
      keyColumn === undefined
        ? "'has the same text as line ' || f.line || '; where no column is the key, the text is'"
        : `'holds the key ' || ${quotedSql("s.key")} || ', which line ' || f.line || ' has already'`;
    await client.query(
      `insert into faults select s.n, s.line, $1, ${reason}, true
       from staging s join repeated using (key) join staging f on f.n = repeated.first
       where s.n > repeated.first`,
      [keyColumn ?? null],
    );
    await dropFaulty(client);
  } else {
    const standing = duplicates === "skip" ? "first" : "last";
    await client.query(
      `update staging s set stands = repeated.${standing}, fate = 'skip'
       from repeated where repeated.key = s.key and s.n <> repeated.${standing}`,
    );
  }
}

/** Finds the records that the rows' keys have already, and what of them differs. */
export async function compareRecords(
  client: ClientBase,
  { projectId, rules: { duplicates } }: Comparing,
): Promise<void> {
  await client.query(
    "update staging s set record_id = r.id from records r where r.project_id = $1 and r.key = s.key",
    [projectId],
  );
  await client.query(
    `update staging s set record_id = m.record_id, fate = coalesce(fate, 'joined')
     from merged_rows m where m.project_id = $1 and m.key = s.key and s.record_id is null`,
    [projectId],
  );
  // of a row that joined a record the text is the record's, and its columns are its own
  const differing = `from staging s
    join records r on r.id = s.record_id
    left join merged_rows m on m.project_id = $1 and m.key = s.key and s.fate = 'joined'
    where s.stands is null and (s.content <> r.content or s.kind <> r.content_kind or s.turns is distinct from r.turns
      or s.source <> coalesce(m.source, r.source) or s.metadata <> coalesce(m.metadata, r.metadata))`;
  if (duplicates === "update") {
    await client.query(
      `with other as (select s.n ${differing} and (m.key is null or s.content = r.content))
       update staging s set fate = case fate when 'joined' then 'update-joined' else 'update' end
       from other where other.n = s.n`,
      [projectId],
    );
  } else if (duplicates === "skip") {
    await client.query(
      `with other as (select s.n ${differing})
       update staging s set fate = 'skip' from other where other.n = s.n`,
      [projectId],
    );
    return;
  }
  // what is left: everything that differs, or another text for a row that joined a record
  const rest = duplicates === "update" ? "and s.fate = 'joined'" : "";
  await client.query(
    `insert into faults select s.n, s.line, null, 'has the key ' || ${quotedSql("s.key")} ||
       case when m.key is not null and s.content <> r.content
         then ', whose row joined the record ' || ${quotedSql("r.key")} || ' as they had one text, with another text'
         else ', which is in the project with ' ||
           case when s.content <> r.content then 'another text'
             when s.kind <> r.content_kind or s.turns is distinct from r.turns then 'other turns'
             when s.source <> coalesce(m.source, r.source) then 'other columns'
             else 'other metadata' end
         end, ${duplicates === "refuse"}
     ${differing} ${rest}`,
    [projectId],
  );
  await dropFaulty(client);
}

/** Without content a row has to be about a record that is there. */
export async function requireRecords(
  client: ClientBase,
  { projectId, keyColumn }: Comparing,
): Promise<void> {
  await client.query(
    `update staging s set record_id = coalesce(
       (select r.id from records r where r.project_id = $1 and r.key = s.key),
       (select m.record_id from merged_rows m where m.project_id = $1 and m.key = s.key))`,
    [projectId],
  );
  await client.query(
    `insert into faults select n, line, $1, 'holds the key ' || ${quotedSql("key")} ||
       ', which no record of the project has'
     from staging where record_id is null`,
    [keyColumn ?? null],
  );
  await dropFaulty(client);
}

/** Lets new rows join the record, or the earlier row, with the same text. */
export async function joinSameTexts(client: ClientBase, { projectId }: Comparing): Promise<void> {
  await client.query(
    `with same as (
       select s.n, min(r.id) as record_id from staging s
       join records r on r.project_id = $1 and md5(r.content) = md5(s.content)
         and r.content = s.content and r.content_kind = s.kind
         and not exists (select from deletion_records as going where going.record_id = r.id)
       where s.record_id is null and s.stands is null group by s.n)
     update staging s set record_id = same.record_id, fate = 'join'
     from same where same.n = s.n`,
    [projectId],
  );
  await client.query(
    `with texts as (
       select n, min(n) over (partition by md5(content), content, kind) as first
       from staging where record_id is null and stands is null)
     update staging s set stands = texts.first, fate = 'join'
     from texts where texts.n = s.n and texts.first < s.n`,
  );
  // A row that another stands for goes where that one went.
  await client.query(
    `update staging s set stands = coalesce(k.stands, s.stands), record_id = k.record_id
     from staging k where k.n = s.stands and s.fate = 'skip'
       and (k.record_id is not null or k.stands is not null)`,
  );
}

/** Takes the rows with faults out, so that what follows does not meet them again. */
export async function dropFaulty(client: ClientBase): Promise<void> {
  await client.query("delete from staging where n in (select n from faults)");
}
