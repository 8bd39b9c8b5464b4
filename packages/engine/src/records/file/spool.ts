import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { longestSpool } from "./limits.ts";
import { UnreadableFile } from "./unreadable.ts";

/** A stream's bytes as a file of our own, removed when they have been used. */
export interface Spool extends AsyncDisposable {
  readonly path: string;
  readonly size: number;
}

/** Writes a stream into a temporary file, for formats whose parts are read in no order. */
export async function spool(body: AsyncIterable<Uint8Array>): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-import-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, "file");
  let size = 0;
  async function* bounded() {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > longestSpool)
        throw new UnreadableFile(
          `is larger than ${longestSpool / 1e9} GB, the most that a file of this kind may have`,
        );
      yield chunk;
    }
  }
  try {
    await pipeline(
      Readable.from(bounded(), { objectMode: false }),
      createWriteStream(path, { mode: 0o600 }),
    );
    return { path, size: (await stat(path)).size, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
