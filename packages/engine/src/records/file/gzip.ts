import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type Expansion, watchExpansion } from "./expansion.ts";
import { UnreadableFile } from "./unreadable.ts";

export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/**
 * The bytes that gzip has compressed, as they come. What expands beyond any text ends in an {@link UnreadableFile}, as does
 * what is cut off or damaged.
 */
export async function* gunzipped(
  body: AsyncIterable<Uint8Array>,
  limits?: Expansion,
): AsyncGenerator<Uint8Array> {
  const watch = watchExpansion(limits);
  async function* compressed() {
    for await (const chunk of body) {
      watch.compressed(chunk.length);
      yield chunk;
    }
  }
  const source = Readable.from(compressed(), { objectMode: false });
  const gunzip = createGunzip();
  source.once("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) {
      watch.expanded(chunk.length);
      yield chunk;
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "Z_BUF_ERROR")
      throw new UnreadableFile("ends in the middle of what gzip has compressed");
    if (code.startsWith("Z_")) throw new UnreadableFile("is damaged: gzip cannot expand it");
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
