import { once } from "node:events";
import { openEngine, startWorker } from "@countersign/engine";
import { pino } from "pino";
import { given } from "../labelling.ts";

// Works on the jobs of the data directory named, says when it begins, and ends with the process that started it.

const dataDir = process.argv[2] ?? "";
const log = pino({ level: "error" }, pino.destination(2));
const engine = given(await openEngine({ database: { dataDir }, environment: {}, log }));
const worker = startWorker(engine);
process.send?.("working");
await once(process, "disconnect");
await worker.stop();
await engine.close();
