import { createInterface } from "node:readline";
import { openEngine } from "@countersign/engine";
import { pino } from "pino";

// Opens an engine on the data directory named, says so, then answers each line of SQL with its rows until told to close.

const dataDir = process.argv[2] ?? "";
const log = pino({ level: "silent" });
const say = (words: unknown): void => {
  process.stdout.write(`${JSON.stringify(words)}\n`);
};

const opened = await openEngine({ database: { dataDir }, environment: {}, log });
say(opened.ok ? "open" : opened.error);
if (opened.ok) {
  for await (const line of createInterface(process.stdin)) {
    if (line === "close") break;
    say((await opened.value.pool.query(line)).rows);
  }
  await opened.value.close();
  say("closed");
}
process.stdin.destroy();
