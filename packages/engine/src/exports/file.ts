import { err, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { type ExportReference, exportNotFound, findExport } from "./find.ts";

/** A file that was written, to be handed out. */
export interface ExportedFile {
  readonly filename: string;
  readonly media: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** The file of an export that is done. It is read piece by piece, as fast as it is taken. */
export async function file(
  engine: Engine,
  input: ExportReference,
): Promise<
  Result<ExportedFile, Problem<"project-not-found" | "export-not-found" | "export-not-possible">>
> {
  const found = await findExport(engine.db, input);
  if (!found.ok) return found;
  const { id, state, filename, media, bytes } = found.value.row;
  if (state === "cancelled") return err(exportNotFound(input.project, input.export));
  if (state !== "done")
    return err({
      type: "export-not-possible",
      what: state === "failed" ? `Export ${id} failed.` : `Export ${id} is not written yet.`,
      next:
        state === "failed"
          ? found.value.row.problem?.next
          : `See how far it is: countersign export show ${id} --project ${input.project}`,
    });
  return ok({ filename, media, bytes, content: parts(engine, id, bytes) });
}

async function* parts(
  { pool }: Engine,
  id: number,
  bytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sent = 0;
  for (let part = 0; sent < bytes; part += 1) {
    const { rows } = await pool.query<{ content: Buffer }>(
      "select content from export_parts where export_id = $1 and part = $2",
      [id, part],
    );
    const [found] = rows;
    // Removed while it was taken: half a file must not look like a whole one.
    if (!found) throw new Error(`export ${id} was removed while it was read`);
    sent += found.content.length;
    yield found.content;
  }
}
