import { openEngine, startWorker } from "@countersign/engine";
import { pino } from "pino";

/**
 * A process that does nothing but work on the jobs of the database at the address given, until it is killed. Its
 * environment may be given as JSON.
 */
const opened = await openEngine({
  database: { url: process.argv[2] ?? "" },
  environment: JSON.parse(process.argv[3] ?? "{}") as Record<string, string>,
  log: pino({ level: "silent" }),
});
if (!opened.ok) throw new Error(opened.error.what);
startWorker(opened.value);
