import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { ColumnMapping, ImportRules } from "@countersign/core";
import { openEngine, records } from "@countersign/engine";
import { pino } from "pino";
import { given } from "../labelling.ts";

/** What an import took. */
export interface Imported {
  readonly added: number;
  readonly seconds: number;
  /** The most memory that the process ever had resident (VmHWM, so Linux only), in bytes. */
  readonly peak: number;
}

// Imports the file named into the project named, tells what that took, and ends.

const [dataDir = "", project = "", file = ""] = process.argv.slice(2);
const log = pino({ level: "error" }, pino.destination(2));
const engine = given(await openEngine({ database: { dataDir }, environment: {}, log }));
const start = performance.now();
const { added } = given(
  await records.importFile(
    engine,
    { name: "bench", how: "local" },
    {
      project,
      name: "corpus.csv",
      reading: {},
      mapping: ColumnMapping.parse({
        key: "key",
        text: "text",
        metadata: ["stars", "language", "channel", "day", "verified"],
      }),
      rules: ImportRules.parse({}),
      body: createReadStream(file),
    },
  ),
);
const seconds = (performance.now() - start) / 1000;
const status = await readFile("/proc/self/status", "utf8");
const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
const imported: Imported = { added, seconds, peak };
process.send?.(imported);
await engine.close();
