import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { BackupManifest, err, ok, type Problem, type Result } from "@countersign/core";
import { BlobReader, type Entry, ZipReader } from "@zip.js/zip.js";

type Unreadable = Problem<"backup-unreadable">;

/** A backup that has been read to its end and is what was written. */
export interface Archive {
  readonly manifest: BackupManifest;
  /** A table's rows as Postgres copied them. */
  contentOf(table: string): AsyncIterable<Uint8Array>;
}

/** Opens a backup and reads all of it once, so that one which is torn or altered is found before anything is done with it. */
export async function openArchive(path: string): Promise<Result<Archive, Unreadable>> {
  let files: Map<string, Entry>;
  try {
    const reader = new ZipReader(new BlobReader(await openAsBlob(path)), {
      useWebWorkers: false,
      checkSignature: true,
    });
    files = new Map((await reader.getEntries()).map((entry) => [entry.filename, entry]));
  } catch {
    return unreadable("It is no archive, or it has no end.");
  }
  const contentOf = (name: string) => content(files.get(name));
  try {
    const text = await textOf(contentOf("manifest.json"));
    const manifest = BackupManifest.safeParse(JSON.parse(text));
    if (!manifest.success) return unreadable("Its manifest is not that of a backup.");
    const { tables } = manifest.data;
    for (const table of tables) {
      const hash = createHash("sha256");
      let bytes = 0;
      for await (const chunk of contentOf(fileOf(table.name))) {
        hash.update(chunk);
        bytes += chunk.length;
      }
      if (bytes !== table.bytes || hash.digest("hex") !== table.sha256)
        return unreadable(`Table ${table.name} is not what the manifest says.`);
    }
    if (files.size !== tables.length + 1)
      return unreadable("It holds other files than its manifest says.");
    return ok({ manifest: manifest.data, contentOf: (table) => contentOf(fileOf(table)) });
  } catch (error) {
    return unreadable(`It breaks off: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const fileOf = (table: string): string => `tables/${table}.copy`;

const unreadable = (why: string) =>
  err<Unreadable>({
    type: "backup-unreadable",
    what: `The file is no whole backup of Countersign. ${why}`,
    kept: "Nothing was restored.",
    next: "Take another copy of it, or an older backup.",
  });

async function* content(entry: Entry | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  if (!entry || entry.directory) throw new Error("a file is missing");
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const read = entry.getData(writable);
  // Its failure is the readable side's, too.
  read.catch(() => undefined);
  yield* readable;
  await read;
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
