import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { ColumnMapping, ImportRules } from "@countersign/core";
import { type Engine, imports, openEngine, projects } from "@countersign/engine";
import { pino } from "pino";
import { expect, test } from "vitest";
import { freshDatabase } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { ann, storedRecords } from "./importing.ts";
import { until } from "./labelling.ts";

const project = "p";
const count = 20_000;
const partLength = 50_000;
const file = Buffer.from(
  `id,text\n${Array.from({ length: count }, (_, n) => `${n},"text ${n}, and some more words"\n`).join("")}`,
);

/** An engine on a database that other processes can join, with a project. */
async function sharedEngine(): Promise<{ engine: Engine; url: string } & AsyncDisposable> {
  const database = await freshDatabase();
  const log = pino({ level: "silent" });
  const engine = given(await openEngine({ database: { url: database.url }, environment: {}, log }));
  given(await projects.create(engine, ann, { name: project }));
  return {
    engine,
    url: database.url,
    [Symbol.asyncDispose]: async () => {
      await engine.close();
      await database.drop();
    },
  };
}

function startProcess(url: string, ...what: readonly string[]): ChildProcess {
  const script = fileURLToPath(new URL("./import-process.ts", import.meta.url));
  return spawn(process.execPath, [script, url, project, ...what], {
    stdio: ["pipe", "inherit", "inherit"],
  });
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

const begin = async (engine: Engine) =>
  given(
    await imports.create(engine, ann, {
      project,
      name: "rows.csv",
      size: file.length,
      fingerprint: "f",
    }),
  );

/** Sends what is missing. */
async function sendRest(engine: Engine, id: number): Promise<void> {
  let { received } = given(await imports.get(engine, { project, import: id }));
  while (received < file.length) {
    const part = file.subarray(received, received + partLength);
    const body = (async function* () {
      yield part;
    })();
    const sent = await imports.receive(engine, { project, import: id, offset: received, body });
    ({ received } = given(sent));
  }
}

const commit = (engine: Engine, id: number) =>
  imports.commit(engine, ann, {
    project,
    import: id,
    reading: {},
    mapping: ColumnMapping.parse({ key: "id", text: "text" }),
    rules: ImportRules.parse({}),
  });

const state = async (engine: Engine, id: number) =>
  given(await imports.get(engine, { project, import: id })).state;

test("an upload whose process is killed goes on where the database has it, and is imported whole", async () => {
  await using shared = await sharedEngine();
  const { engine, url } = shared;
  const { id } = await begin(engine);
  const child = startProcess(url, "upload", String(id));
  // What it is killed with is not read any more.
  child.stdin?.on("error", () => undefined).end(file);
  const received = async () => given(await imports.get(engine, { project, import: id })).received;
  await until(async () => (await received()) > 3 * partLength);
  await kill(child);

  const again = await begin(engine);
  expect(again).toMatchObject({ id, state: "receiving" });
  expect(again.received).toBeGreaterThan(3 * partLength);
  expect(again.received).toBeLessThan(file.length);
  await sendRest(engine, id);
  expect(given(await commit(engine, id))).toMatchObject({ import: id, added: count });
  const stored = await storedRecords(engine, project);
  expect(stored.map(({ key }) => key)).toEqual(Array.from({ length: count }, (_, n) => String(n)));
});

test("an import whose process is killed while it is at work leaves nothing, and is committed again", async () => {
  await using shared = await sharedEngine();
  const { engine, url } = shared;
  const { id } = await begin(engine);
  await sendRest(engine, id);
  const child = startProcess(url, "commit", String(id));
  await until(async () => (await state(engine, id)) === "importing");
  await kill(child);

  await until(async () => (await state(engine, id)) === "received");
  expect(await storedRecords(engine, project)).toEqual([]);
  expect(given(await commit(engine, id))).toMatchObject({ import: id, added: count });
  expect(await storedRecords(engine, project)).toHaveLength(count);
  const { rows } = await engine.pool.query("select count(*) as n from import_parts");
  expect(rows).toEqual([{ n: 0 }]);
});
