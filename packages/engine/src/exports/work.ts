import type { ExportFault, ExportOptions } from "@countersign/core";
import type pg from "pg";
import { claim } from "../background/claim.ts";
import type { Engine } from "../engine.ts";
import { type Chunk, prepareExport, Refused } from "../records/index.ts";
import { isConnectionLoss } from "../store/connection-loss.ts";

/** First key of the advisory lock under which one process at a time writes an export; the second is the export's id. */
const exportLock = 0x5159;

/** A file is stored in pieces of about a megabyte. */
const partLength = 1_048_576;

interface Open {
  readonly id: number;
  readonly project: string;
  readonly options: ExportOptions;
}

/**
 * Writes the file of an export that waits, or that was begun by a process which is no more: such a one is begun anew, so
 * that a file is always of one moment. Nobody sees a file before it is whole.
 */
export async function writeNextExport(engine: Engine, stopping: AbortSignal): Promise<boolean> {
  const { rows } = await engine.pool.query<Open>(
    `select exports.id, projects.name as project, exports.options
     from exports join projects on projects.id = exports.project_id
     where exports.state in ('waiting', 'running') order by exports.id limit 100`,
  );
  for (const open of rows) {
    const claimed = await claim(engine.pool, exportLock, open.id);
    if (!claimed) continue;
    try {
      await writeFile(engine, claimed.client, open, stopping);
      return true;
    } finally {
      await claimed.release().catch(() => undefined);
    }
  }
  return false;
}

async function writeFile(
  engine: Engine,
  client: pg.Client,
  { id, project, options }: Open,
  stopping: AbortSignal,
): Promise<void> {
  // Between the look and the claim another process may have finished it.
  const begun = await client.query(
    `update exports set state = 'running', records_done = 0, bytes = 0
     where id = $1 and state in ('waiting', 'running')`,
    [id],
  );
  if (begun.rowCount === 0) return;
  await client.query("delete from export_parts where export_id = $1", [id]);
  try {
    const prepared = await prepareExport(engine, { project, ...options });
    if (!prepared.ok) return await fail(client, id, prepared.error);
    const file = new File(client, id);
    const content = prepared.value.write((done, total) => {
      file.done = done;
      file.total = total;
    });
    for await (const chunk of content) {
      if (stopping.aborted || !(await file.add(chunk))) return;
    }
    await file.finish();
    engine.log.info({ export: id, project, bytes: file.bytes }, "export written");
  } catch (error) {
    if (isConnectionLoss(error)) throw error;
    engine.log.error({ export: id, error }, "an export failed");
    await fail(client, id, faultOf(error));
  }
}

/** What is told to who asked for the file. */
const faultOf = (error: unknown): ExportFault =>
  error instanceof Refused
    ? error.problem
    : {
        what: `The file could not be written: ${error instanceof Error ? error.message : String(error)}`,
        next: "Try again; the server's log tells more.",
      };

async function fail(client: pg.Client, id: number, { what, next }: ExportFault): Promise<void> {
  await client.query(
    `update exports set state = 'failed', problem = $2, finished_at = now(), bytes = 0,
       expires_at = now() + interval '7 days' where id = $1 and state = 'running'`,
    [id, JSON.stringify({ what, ...(next !== undefined && { next }) })],
  );
}

/** The pieces of one file. They are stored by the connection that has claimed it, so that who has lost the claim stores none. */
class File {
  done = 0;
  total = 0;
  bytes = 0;
  readonly #client: pg.Client;
  readonly #id: number;
  #parts = 0;
  #waiting: Uint8Array[] = [];
  #length = 0;

  constructor(client: pg.Client, id: number) {
    this.#client = client;
    this.#id = id;
  }

  /** Answers whether to go on: an export may be cancelled, or deleted with its project. */
  async add(chunk: Chunk): Promise<boolean> {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    this.#waiting.push(bytes);
    this.#length += bytes.length;
    return this.#length < partLength || (await this.#store("running"));
  }

  async finish(): Promise<void> {
    await this.#store("done");
  }

  /** A piece and what is told of it are one transaction; the last piece is there when the file is. */
  async #store(state: "running" | "done"): Promise<boolean> {
    const content = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#length = 0;
    this.bytes += content.length;
    const { rowCount } = await this.#client.query(
      `with told as (
         update exports set state = $2, records_done = $3, records_total = $4, bytes = $5,
           finished_at = case $2 when 'done' then now() end,
           expires_at = case $2 when 'done' then now() + interval '7 days' end
         where id = $1 and state = 'running' returning id)
       insert into export_parts (export_id, part, content) select id, $6, $7 from told`,
      [this.#id, state, this.done, this.total, this.bytes, this.#parts, content],
    );
    this.#parts += 1;
    return rowCount === 1;
  }
}
