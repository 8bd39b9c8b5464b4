import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Deletion, type Export, isFinished, NewAssignment } from "@countersign/core";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { freshDatabase } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import {
  assignments,
  deletions,
  type Engine,
  exports,
  labels,
  openEngine,
  startWorker,
} from "../src/index.ts";
import { ann } from "./importing.ts";
import { until } from "./labelling.ts";

/** An engine whose database's address is known, so that other processes can join. */
export async function sharedEngine(): Promise<{ engine: Engine; url: string } & AsyncDisposable> {
  const database = await freshDatabase();
  const log = pino({ level: "silent" });
  const engine = given(await openEngine({ database: { url: database.url }, environment: {}, log }));
  return {
    engine,
    url: database.url,
    [Symbol.asyncDispose]: async () => {
      await engine.close();
      await database.drop();
    },
  };
}

export function startProcess(url: string): ChildProcess {
  const script = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
  return spawn(process.execPath, [script, url], { stdio: "inherit" });
}

export async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

export function working(engine: Engine): void {
  const worker = startWorker(engine);
  onTestFinished(() => worker.stop());
}

export const number = async (engine: Engine, query: string): Promise<number> =>
  (await engine.pool.query<{ n: number }>(`select (${query}) as n`)).rows[0]?.n ?? 0;

/** Gives a project so many records more, each with a label, a verdict, an item and a reply of its first job. */
export async function grow(engine: Engine, id: number, job: number, n: number): Promise<void> {
  await engine.pool.query(
    `insert into records (project_id, key, content, created_by)
     select $1, 'big' || n, repeat('text ' || n || ' ', 100), 'ann' from generate_series(1, $2::int) n`,
    [id, n],
  );
  await engine.pool.query(
    `with said as (
       insert into labels (project_id, record_id, annotator_id, name, value, schema_version, status,
         verified_value, verified_by, verified_at)
       select $1, records.id, annotators.id, 'tone', '"pos"', 1, 'confirmed', '"pos"', 'ann', now()
       from records, annotators where records.project_id = $1 and key like 'big%' and annotators.job_id = $2
       returning id, value)
     insert into verifications (project_id, label_id, schema_version, verdict, judged, value, verifier)
     select $1, id, 1, 'CONFIRMS', value, value, 'ann' from said`,
    [id, job],
  );
  await engine.pool.query(
    `insert into replies (project_id, key, text, finish_reason, latency_ms, simulated)
     select project_id, decode(md5(key), 'hex'), 'tone: positive', 'stop', 1, true from records
     where project_id = $1 and key like 'big%'`,
    [id],
  );
  await engine.pool.query(
    `insert into job_items (job_id, position, record_id, outcome, reply_keys)
     select $2, 1000 + row_number() over (order by id), id, 'labelled', array[decode(md5(key), 'hex')]
     from records where project_id = $1 and key like 'big%'`,
    [id, job],
  );
}

export async function finished(engine: Engine, project: string, id: number): Promise<Export> {
  let now = given(await exports.get(engine, { project, export: id }));
  await until(async () => {
    now = given(await exports.get(engine, { project, export: id }));
    return isFinished(now);
  });
  return now;
}

export const gone = (engine: Engine, { id }: Deletion) =>
  until(async () => given(await deletions.get(engine, { deletion: id })).state === "done");

export async function bytesOf(content: AsyncIterable<string | Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(typeof part === "string" ? Buffer.from(part) : part);
  return Buffer.concat(parts).toString("latin1");
}

/** Tables that hold something of projects, and what they hold of this one in every place that names it. */
export async function rowsIn(engine: Engine): Promise<Record<string, number>> {
  const { rows } = await engine.pool.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and (table_schema = 'public' or table_schema like 'countersign%')
       and table_name not like 'kysely%' and table_name not in ('workers', 'tokens', 'deletions')`,
  );
  const counts: Record<string, number> = {};
  for (const { schema, name } of rows) {
    const n = await number(engine, `select count(*) from "${schema}"."${name}"`);
    if (n > 0) counts[`${schema}.${name}`] = n;
  }
  return counts;
}

/** An assignment in which a record has been labelled, and the label taken back. */
export async function assignedTo(engine: Engine, project: string, record: number): Promise<void> {
  const assignment = NewAssignment.parse({ name: "a", mode: "label", labels: ["tone"] });
  given(await assignments.create(engine, ann, { project, ...assignment }));
  for (const value of ["pos", null])
    given(
      await labels.set(engine, ann, {
        project,
        assignment: "a",
        labels: [{ record, name: "tone", value }],
      }),
    );
}

/** Copies of tables, as a migration leaves them. */
export async function copyTables(engine: Engine): Promise<void> {
  await engine.pool.query('create schema "countersign_backup_0009-test"');
  for (const table of [
    "projects",
    "jobs",
    "annotators",
    "labels",
    "records",
    "job_items",
    "verifications",
    "replies",
  ])
    await engine.pool.query(
      `create table "countersign_backup_0009-test".${table} as table ${table}`,
    );
}
