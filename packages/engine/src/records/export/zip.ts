import { ZipWriter } from "@zip.js/zip.js";

export interface ZipEntry {
  readonly name: string;
  readonly content: AsyncIterable<string | Uint8Array>;
}

export interface ZipOptions {
  /** 0 stores, 9 compresses most. */
  readonly level: number;
  /** Entries may be of more than 4 GiB; spreadsheets cannot read that. */
  readonly large: boolean;
}

/** Every entry is of this day, so that the same content makes the same bytes. */
const day = new Date(1980, 0, 1);

/** Writes files into a ZIP archive, one after the other as they come, as fast as the archive is taken. */
export async function* zipped(
  entries: AsyncIterable<ZipEntry>,
  { level, large }: ZipOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(
    undefined,
    undefined,
    new ByteLengthQueuingStrategy({ highWaterMark: 262_144 }),
  );
  const leaving = new AbortController();
  const archive = new ZipWriter(writable, {
    level,
    zip64: large,
    lastModDate: day,
    extendedTimestamp: false,
    useWebWorkers: false,
    bufferedWrite: false,
    signal: leaving.signal,
  });
  const write = async () => {
    try {
      for await (const { name, content } of entries) await archive.add(name, streamOf(content));
      await archive.close();
    } catch (error) {
      // Whoever reads is told; a stream that is closed already tells nobody.
      await writable.abort(error).catch(() => undefined);
      throw error;
    }
  };
  const written = write();
  written.catch(() => undefined);
  const reader = readable.getReader();
  let whole = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await written;
    whole = true;
  } finally {
    if (!whole) {
      leaving.abort();
      await reader.cancel().catch(() => undefined);
      await written.catch(() => undefined);
    }
  }
}

/** Content as a stream that is read as the archive is taken. */
function streamOf(content: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = content[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? Buffer.from(value) : value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
