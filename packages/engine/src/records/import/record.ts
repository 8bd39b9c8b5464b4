import type { ImportReport } from "@countersign/core";
import type { ClientBase } from "pg";
import type { Actor } from "../../actor.ts";

export interface KeptImport {
  readonly projectId: number;
  readonly actor: Actor;
  readonly name: string;
  /** The import that the file came with; a new one is made where it came in one piece. */
  readonly importId?: number | undefined;
  readonly state: "imported" | "rejected";
}

/** Keeps an import with the rows of it that cannot be taken. Returns its id. */
export async function keepRejections(
  client: ClientBase,
  { projectId, actor, name, importId, state }: KeptImport,
): Promise<number> {
  const rejected = "(select count(distinct n) from faults)";
  const { rows } =
    importId === undefined
      ? await client.query<{ id: number }>(
          `insert into imports (project_id, name, state, rejected, created_by, finished_at)
           values ($1, $2, $3, ${rejected}, $4, now()) returning id`,
          [projectId, name, state, actor.name],
        )
      : await client.query<{ id: number }>(
          `update imports set state = $2, rejected = ${rejected}, finished_at = now()
           where id = $1 returning id`,
          [importId, state],
        );
  const id = rows[0]?.id ?? 0;
  await client.query("delete from import_rejections where import_id = $1", [id]);
  await client.query(
    `insert into import_rejections (import_id, line, column_name, reason)
     select $1, line, column_name, reason from faults order by n, column_name`,
    [id],
  );
  return id;
}

/** Keeps what an import did; its bytes have been used. */
export async function keepReport(
  client: ClientBase,
  importId: number,
  report: ImportReport,
): Promise<void> {
  await client.query("update imports set report = $2 where id = $1", [
    importId,
    JSON.stringify(report),
  ]);
  await client.query("delete from import_parts where import_id = $1", [importId]);
}
