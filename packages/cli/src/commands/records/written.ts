import { createWriteStream, openAsBlob } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, normalize, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BlobReader, ZipReader } from "@zip.js/zip.js";
import { UsageError } from "../../usage.ts";

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * Writes a file, or to stdout, and answers its length. It is written beside the target and moved there when whole, so that
 * a broken file never stands under the name asked for.
 */
export async function writeFile(
  stream: Bytes,
  out: string | undefined,
  mode = 0o666,
): Promise<number> {
  const source = Readable.from(stream);
  let bytes = 0;
  source.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  if (out === undefined) {
    await pipeline(source, process.stdout, { end: false });
    return bytes;
  }
  const partial = `${out}.partial`;
  try {
    await pipeline(source, createWriteStream(partial, { mode }));
    await rename(partial, out);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return bytes;
}

/** To be asked before anything is sent for: a folder that holds something already is somebody's. */
export async function mustBeEmpty(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new UsageError(`${folder} is no folder; name a new one, or a file that ends in .zip.`);
  });
  if (there.length > 0)
    throw new UsageError(`${folder} is not empty; name a new folder, or a file that ends in .zip.`);
}

/** Writes what an archive holds as a folder; it appears when it is whole. */
export async function writeFolder(stream: Bytes, out: string): Promise<number> {
  const archive = `${out}.partial.zip`;
  const partial = `${out}.partial`;
  try {
    const bytes = await writeFile(stream, archive);
    await unpack(archive, partial);
    await rm(out, { recursive: true, force: true });
    await rename(partial, out);
    return bytes;
  } finally {
    await rm(archive, { force: true });
    await rm(partial, { recursive: true, force: true });
  }
}

async function unpack(archive: string, folder: string): Promise<void> {
  const reader = new ZipReader(new BlobReader(await openAsBlob(archive)), {
    useWebWorkers: false,
    checkSignature: true,
  });
  await mkdir(folder, { recursive: true });
  for (const entry of await reader.getEntries()) {
    const path = normalize(join(folder, entry.filename));
    // Our own archives have no such names; somebody between us and the server might.
    if (entry.directory || !path.startsWith(normalize(folder) + sep)) continue;
    await mkdir(dirname(path), { recursive: true });
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const file = pipeline(Readable.from(readable), createWriteStream(path));
    await Promise.all([entry.getData(writable), file]);
  }
  await reader.close();
}
