import { ColumnMapping, ImportRules } from "@countersign/core";
import { imports, openEngine } from "@countersign/engine";
import { pino } from "pino";

/*
 * A process that sends what it reads to an import of the database at the address given, slowly, or that commits the
 * import; until it is killed.
 */
const [url = "", project = "", what, id] = process.argv.slice(2);
const log = pino({ level: "silent" });
const opened = await openEngine({ database: { url }, environment: {}, log });
if (!opened.ok) throw new Error(opened.error.what);
const engine = opened.value;
const reference = { project, import: Number(id) };

if (what === "commit")
  await imports.commit(
    engine,
    { name: "ann", how: "local" },
    {
      ...reference,
      reading: {},
      mapping: ColumnMapping.parse({ key: "id", text: "text" }),
      rules: ImportRules.parse({}),
    },
  );
else {
  let offset = 0;
  for await (const chunk of process.stdin) {
    for (let at = 0; at < chunk.length; at += 10_000) {
      const part: Buffer = chunk.subarray(at, at + 10_000);
      const body = (async function* () {
        yield part;
      })();
      await imports.receive(engine, { ...reference, offset, body });
      offset += part.length;
    }
  }
}
