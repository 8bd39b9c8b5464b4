import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type Agent,
  ColumnMapping,
  ImportRules,
  type Job,
  type JobSettings,
  type Problem,
  type Result,
  SchemaDocument,
} from "@countersign/core";
import {
  type Actor,
  agents,
  type Engine,
  jobs,
  openEngine,
  projects,
  records,
  schemas,
} from "@countersign/engine";
import { pino } from "pino";
import { options, textOf } from "./texts.ts";

const actor: Actor = { name: "bench", how: "local" };

/** The value of an act that a benchmark builds on. */
export function given<Value>(result: Result<Value, Problem>): Value {
  if (!result.ok) throw new Error(`${result.error.type}: ${result.error.what}`);
  return result.value;
}

/** An engine with the address of its database, for other processes. */
export interface BenchEngine extends Engine, AsyncDisposable {
  readonly dataDir: string;
}

/** An engine on an embedded Postgres in a folder of its own, which goes with it. */
export async function temporaryEngine(): Promise<BenchEngine> {
  const root = await mkdtemp(join(tmpdir(), "countersign-bench-"));
  // As root Postgres runs as nobody, who must be able to come this far.
  await chmod(root, 0o755);
  const dataDir = join(root, "data");
  const engine = given(await openEngine({ database: { dataDir }, environment: {}, log }));
  return {
    ...engine,
    dataDir,
    [Symbol.asyncDispose]: async () => {
      await engine.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** An engine that can be opened anew, its Postgres with it, so that the next search finds nothing in its memory. */
export interface RestartableEngine extends AsyncDisposable {
  readonly engine: Engine;
  restart(): Promise<void>;
}

export async function restartableEngine(): Promise<RestartableEngine> {
  const { dataDir, ...first } = await temporaryEngine();
  const { [Symbol.asyncDispose]: _, ...opened } = first;
  let engine: Engine = opened;
  return {
    get engine() {
      return engine;
    },
    async restart() {
      await engine.close();
      engine = given(await openEngine({ database: { dataDir }, environment: {}, log }));
    },
    async [Symbol.asyncDispose]() {
      await engine.close();
      await rm(dirname(dataDir), { recursive: true, force: true });
    },
  };
}

const log = pino({ level: "error" }, pino.destination(2));

/** A project with one label, `sentiment`, and the first `count` texts. */
export async function projectOf(engine: Engine, name: string, count: number): Promise<void> {
  given(await projects.create(engine, actor, { name }));
  const choices = options.map((value) => ({ value, text: value }));
  const document = SchemaDocument.parse({ labels: [{ name: "sentiment", options: choices }] });
  given(await schemas.set(engine, actor, { project: name, document }));
  given(
    await records.importFile(engine, actor, {
      project: name,
      name: "texts.jsonl",
      reading: { format: "jsonl" },
      mapping: ColumnMapping.parse({ key: "id", text: "text" }),
      rules: ImportRules.parse({}),
      body: fileOf(count),
    }),
  );
}

async function* fileOf(count: number): AsyncGenerator<Uint8Array> {
  const rows = 1000;
  for (let from = 0; from < count; from += rows) {
    const part = Array.from({ length: Math.min(rows, count - from) }, (_, index) =>
      JSON.stringify({ id: String(from + index), text: textOf(from + index) }),
    );
    yield Buffer.from(`${part.join("\n")}\n`);
  }
}

/** An agent that asks the simulator at an address. */
export const agentAt = async (
  engine: Engine,
  project: string,
  baseUrl: string,
  topLogprobs: number,
): Promise<Agent> =>
  given(
    await agents.create(engine, actor, {
      project,
      model: { provider: "openai-compatible", model: "simulated-small", baseUrl },
      parameters: { temperature: 0, topLogprobs },
      prompt: {},
    }),
  );

/** Starts a job over all of a project's records. */
export const startJob = async (
  engine: Engine,
  project: string,
  agent: Agent,
  settings: JobSettings,
): Promise<Job> => given(await jobs.run(engine, actor, { project, agent: agent.id, settings }));

/** Waits until a job is done; anything else it may come to is an error. */
export async function done(engine: Engine, project: string, job: number): Promise<Job> {
  const watched = given(await jobs.watch(engine, { project, job }, AbortSignal.any([])));
  for await (const seen of watched) {
    if (seen.state === "done") return seen;
    if (seen.pause) throw new Error(`the job paused: ${seen.pause.what}`);
  }
  throw new Error("the job ended otherwise");
}

/** Breaks a job off. */
export const cancelled = async (engine: Engine, project: string, job: number): Promise<Job> =>
  given(await jobs.cancel(engine, actor, { project, job }));
