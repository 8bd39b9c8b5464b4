import type { ImportRules } from "@countersign/core";
import type { ClientBase } from "pg";
import { dropFaulty } from "./comparing.ts";
import { quotedSql } from "./quoted.ts";

/**
 * Lays out the labels that the rows bring: of each row that is taken, and of each that another stands for where both have
 * the same text, so that what was said of it holds.
 */
export async function stageLabels(client: ClientBase): Promise<void> {
  await client.query(
    `create temporary table staged_labels on commit drop as
     select s.n, s.line, s.record_id, coalesce(s.stands, s.n) as stands,
       l.kind, l.annotator, l.name, l.value, l.confidence, l.at
     from staging s
     left join staging k on k.n = s.stands
     left join records r on r.id = s.record_id
     cross join lateral jsonb_to_recordset(s.labels)
       as l (kind text, annotator text, name text, value jsonb, confidence double precision, at timestamptz)
     where s.content is null or s.content = case
       when coalesce(k.fate, s.fate) = 'update' then coalesce(k.content, s.content)
       else coalesce(r.content, k.content, s.content) end;
     create index on staged_labels (n);
     analyze staged_labels`,
  );
}

/** What a label is one of: there is one a record, annotator and name. */
const one = "coalesce(record_id, -stands), kind, annotator, name";

const said = (value: string) => quotedSql(`(${value} #>> '{}')`);

/** Settles where a label is given twice with two values, in the file or against the project. */
export async function compareLabels(
  client: ClientBase,
  projectId: number,
  { duplicates }: ImportRules,
): Promise<void> {
  if (duplicates === "refuse") {
    await client.query(
      `insert into faults
       select n, line, null, 'has ' || ${said("value")} || case kind when 'gold' then ' as gold for '
           else ' by ' || ${quotedSql("annotator")} || ' for ' end || ${quotedSql("name")} ||
         ', where line ' || first_line || ' has ' || ${said("first_value")}, true
       from (select *, first_value(value) over w as first_value, first_value(line) over w as first_line
         from staged_labels window w as (partition by ${one} order by n)) compared
       where value <> first_value`,
    );
    await client.query(
      `insert into faults
       select s.n, s.line, null, 'has ' || ${said("s.value")} || case s.kind when 'gold' then ' as gold for '
           else ' by ' || ${quotedSql("s.annotator")} || ' for ' end || ${quotedSql("s.name")} ||
         ', where the project has ' || ${said("l.value")}, true
       from staged_labels s
       join annotators a on a.project_id = $1 and a.kind = s.kind and a.name = s.annotator
       join labels l on l.record_id = s.record_id and l.annotator_id = a.id and l.name = s.name
       where l.value <> s.value`,
      [projectId],
    );
    await dropFaulty(client);
    await client.query("delete from staged_labels where n in (select n from faults)");
  }
  // Of labels that are one, one is left: the first, or, where the last stands, the last.
  const order = duplicates === "update" ? "desc" : "asc";
  await client.query(
    `delete from staged_labels where ctid in (
       select ctid from (select ctid, row_number() over (partition by ${one} order by n ${order}) as place
         from staged_labels) numbered
       where place > 1)`,
  );
}
