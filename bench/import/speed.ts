/**
 * Imports of a CSV of the corpus, each row checked, compared with all others and indexed, against COPY of the same rows as
 * they are stored into a table with the very same columns and indexes, in the same run and from an empty table each; and
 * the peak memory of the process that imports. Both read their file from the disk.
 *
 *     npm run bench:import -- [records…]        10000 100000 1000000 if left out
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { projects } from "@countersign/engine";
import { from as copyFrom } from "pg-copy-streams";
import { copyLines } from "../corpus/copy.ts";
import { corpus } from "../corpus/corpus.ts";
import { corpusCsv } from "../corpus/csv.ts";
import { type BenchEngine, given, temporaryEngine } from "../labelling.ts";
import { judge, machine, median, print } from "../summary.ts";
import type { Imported } from "./importer.ts";

const goal = 2;
const numbers = process.argv.slice(2).map(Number);
const sizes = numbers.length > 0 ? numbers : [10_000, 100_000, 1_000_000];
const actor = { name: "bench", how: "local" } as const;
const project = "bench";

print(machine());
for (const size of sizes) {
  await using engine = await temporaryEngine();
  const folder = dirname(engine.dataDir);
  const file = join(folder, "corpus.csv");
  await pipeline(Readable.from(corpusCsv(size)), createWriteStream(file));
  const rows = join(folder, "rows.txt");
  await pipeline(Readable.from(rowsAsStored(size)), createWriteStream(rows));
  await engine.pool.query("create table reference (like records including all)");

  const copies: number[] = [];
  const imports: number[] = [];
  const peaks: number[] = [];
  for (let round = 0; round < (size > 100_000 ? 1 : 3); round += 1) {
    copies.push(await copied(engine, rows));
    const { seconds, peak } = await imported(engine, file, size);
    imports.push(seconds);
    peaks.push(peak);
  }
  const { size: bytes } = await stat(file);
  const ratio = median(imports) / median(copies);
  print(
    `${size} records, ${(bytes / 2 ** 20).toFixed(0)} MiB: import ${median(imports).toFixed(2)} s, COPY ${median(copies).toFixed(2)} s; ${((median(imports) / size) * 1e6).toFixed(0)} µs a record; peak ${(Math.max(...peaks) / 2 ** 20).toFixed(0)} MiB`,
  );
  judge(`${size} records in ≤ ${goal} × the time of COPY: ${ratio.toFixed(2)}`, ratio <= goal);
}

/** Seconds that COPY takes into the empty table. */
async function copied(engine: BenchEngine, rows: string): Promise<number> {
  await engine.pool.query("truncate reference");
  const client = await engine.pool.connect();
  try {
    const start = performance.now();
    await pipeline(
      createReadStream(rows),
      client.query(
        copyFrom(
          "copy reference (project_id, key, content, source, metadata, created_by) from stdin",
        ),
      ),
    );
    return (performance.now() - start) / 1000;
  } finally {
    client.release();
  }
}

/** Imports the file in a process of its own, into an empty database. */
async function imported(engine: BenchEngine, file: string, size: number): Promise<Imported> {
  await engine.pool.query("truncate projects restart identity cascade");
  given(await projects.create(engine, actor, { name: project }));
  const importer = fork(join(import.meta.dirname, "importer.ts"), [engine.dataDir, project, file]);
  const [done]: Imported[] = await once(importer, "message");
  await once(importer, "exit");
  if (done?.added !== size) throw new Error(`${done?.added} records were added of ${size}`);
  return done;
}

/** What the import stores of each record, as COPY takes it. */
function rowsAsStored(size: number): Generator<string> {
  return copyLines(
    (function* () {
      for (const { key, text, metadata, truth } of corpus(size)) {
        const { stars, language, channel, day, verified } = metadata;
        const kept = { stars: String(stars), language, channel, day, verified: String(verified) };
        const source = JSON.stringify({ key, text, ...kept, truth });
        yield [1, key, text, source, JSON.stringify(metadata), "bench"];
      }
    })(),
  );
}
