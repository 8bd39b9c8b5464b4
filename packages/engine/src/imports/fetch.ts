import { err, type Import, type Problem, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { DownloadFault, type DownloadLimits, download } from "./download/download.ts";
import { get, type ImportNotFound } from "./find.ts";
import { keepPart } from "./receive.ts";

const partLength = 8_000_000;

/** What may be downloaded, by the server's environment. */
const limitsIn = ({ environment }: Engine): DownloadLimits => ({
  bytes: Number(environment.COUNTERSIGN_IMPORT_URL_MAX_BYTES) || 2_000_000_000,
  seconds: Number(environment.COUNTERSIGN_IMPORT_URL_MAX_SECONDS) || 600,
  loopback: environment.COUNTERSIGN_IMPORT_URLS === "loopback",
});

/**
 * Who may have the server download: who is on its machine could do so themselves; who has only a token may where the operator
 * has said so, since the server reaches what they may not. `off` forbids it to everybody.
 */
function mayDownload({ environment }: Engine, actor: Actor): boolean {
  const said = environment.COUNTERSIGN_IMPORT_URLS;
  if (said === "off") return false;
  return actor.how === "local" || said === "on" || said === "loopback";
}

/**
 * Downloads a file from an https address into an import, to be looked at and committed as one that was sent. Where that
 * fails nothing is left of it.
 */
export async function fetchFile(
  engine: Engine,
  actor: Actor,
  { project: name, url }: { readonly project: string; readonly url: string },
): Promise<Result<Import, ImportNotFound | Problem<"url-not-allowed" | "download-failed">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  if (!mayDownload(engine, actor))
    return err({
      type: "url-not-allowed",
      what: "This server downloads no files for others.",
      next: "Download the file and send it, or have the server started with --import-urls.",
    });
  let id: number | undefined;
  try {
    const file = await download(url, limitsIn(engine));
    const made = await engine.db
      .insertInto("imports")
      .values({
        project_id: project.value.id,
        name: file.name,
        state: "receiving",
        created_by: actor.name,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    id = made.id;
    const size = await keepAll(engine, id, file.body);
    await engine.db
      .updateTable("imports")
      .set({ size, state: "received" })
      .where("id", "=", id)
      .execute();
    return get(engine, { project: name, import: id });
  } catch (error) {
    if (id !== undefined) await engine.db.deleteFrom("imports").where("id", "=", id).execute();
    if (!(error instanceof DownloadFault)) throw error;
    return err({
      type: "download-failed",
      what: `The file was not downloaded: ${error.message}.`,
      kept: "Nothing of it was stored.",
      next: "Check the address, or download the file and send it.",
    });
  }
}

/** Keeps what comes, in parts. Returns how many bytes. */
async function keepAll(engine: Engine, id: number, body: AsyncIterable<Buffer>): Promise<number> {
  let size = 0;
  let pieces: Buffer[] = [];
  let length = 0;
  const keep = async () => {
    await keepPart(engine, id, size, Buffer.concat(pieces, length));
    size += length;
    pieces = [];
    length = 0;
  };
  for await (const chunk of body) {
    pieces.push(chunk);
    length += chunk.length;
    if (length >= partLength) await keep();
  }
  if (length > 0) await keep();
  return size;
}
