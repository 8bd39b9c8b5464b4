import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Agent, Job, JobSettings, ModelConfiguration } from "@countersign/core";
import { agents, type Engine, jobs } from "@countersign/engine";
import {
  type Call,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "@countersign/simulator";
import { sql } from "kysely";
import { expect } from "vitest";
import { given } from "../../../test/given.ts";
import { ann, runJob, texts } from "./labelling.ts";

export const key = "sk-0123456789-secret";

/** What a test's engine and workers find in their environment to reach a simulator. */
export const environmentOf = (url: string) => ({
  OPENAI_BASE_URL: url,
  OPENAI_API_KEY: key,
  ANTHROPIC_BASE_URL: url,
  ANTHROPIC_API_KEY: key,
});

export interface BatchSimulator extends Simulator, AsyncDisposable {
  readonly log: readonly Call[];
}

/** A simulator that says “good” of so many texts. */
export async function simulated(
  n: number,
  options: Partial<SimulatorOptions> = {},
): Promise<BatchSimulator> {
  const log: Call[] = [];
  const simulator = await startSimulator({
    replies: texts(n).map((match) => ({ match, reply: "tone: good" })),
    port: 0,
    apiKey: key,
    log: (call) => log.push(call),
    ...options,
  });
  return Object.assign(simulator, { log, [Symbol.asyncDispose]: simulator.close });
}

export const providers = ["openai", "anthropic"] as const;

/** A request on its way to the simulator. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/**
 * What becomes of it: it is let through; it is never answered, and reaches the simulator before (`swallow-reply`) or not
 * at all (`swallow`); or it is answered otherwise.
 */
export type Passage =
  | "let-through"
  | "swallow"
  | "swallow-reply"
  | { status: number; body: unknown };

/** A way to a simulator on which each request fares as a test decides. */
export async function wayTo(
  simulator: Simulator,
  decide: (passing: Passing) => Passage,
): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks);
    const { method = "GET", url: path = "" } = request;
    const passage = decide({ method, path, body: body.toString() });
    if (passage === "swallow") return;
    if (typeof passage === "object") {
      response.writeHead(passage.status, { "content-type": "application/json" });
      response.end(JSON.stringify(passage.body));
      return;
    }
    const { host: _host, connection: _connection, ...headers } = request.headers;
    const reply = await fetch(`http://127.0.0.1:${simulator.port}${path}`, {
      method,
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      ...(body.length > 0 && { body }),
    });
    const text = await reply.text();
    if (passage === "swallow-reply") return;
    response.writeHead(reply.status, {
      "content-type": reply.headers.get("content-type") ?? "application/json",
      "x-countersign-simulated": "true",
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether a request submits a batch. */
export const submits = ({ method, path }: Passing): boolean =>
  method === "POST" && /\/batches$/.test(path);

/** An agent that asks the simulator as a provider's service. */
export async function agentOf(
  engine: Engine,
  provider: (typeof providers)[number],
  more: Partial<ModelConfiguration> = {},
): Promise<Agent> {
  return given(
    await agents.create(engine, ann, {
      project: "p",
      model: { provider, model: "simulated-small", ...more } as ModelConfiguration,
      parameters: { temperature: 0, topLogprobs: 0, maxOutputTokens: 20 },
      prompt: {},
    }),
  );
}

/** Starts a job in batches that are looked at often. */
export const runBatches = (
  engine: Engine,
  agent: Agent,
  changed: Partial<JobSettings> = {},
): Promise<Job> =>
  runJob(engine, "p", agent, { batch: { size: 10_000, pollSeconds: 0.1 }, ...changed });

/** Every item has one outcome that is counted once, and every labelled one its label and its stored reply. */
export async function expectWhole(
  engine: Engine,
  job: number,
  outcomes: Readonly<Record<string, number>>,
): Promise<void> {
  const { rows } = await sql<{ outcome: string; n: number }>`
    select coalesce(outcome, 'waiting') as outcome, count(*)::int as n from job_items
    where job_id = ${job} group by outcome`.execute(engine.db);
  expect(Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]))).toEqual(outcomes);
  const { progress } = given(await jobs.get(engine, { project: "p", job }));
  const counted = Object.entries(progress.outcomes).filter(([, n]) => n !== 0);
  expect(Object.fromEntries(counted)).toEqual(outcomes);
  const labelled = outcomes.labelled ?? 0;
  const { rows: stored } = await sql<{ labels: number; replies: number }>`
    select (select count(*)::int from labels join annotators on annotators.id = annotator_id
        where annotators.job_id = ${job}) as labels,
      (select count(*)::int from job_items join replies on replies.key = reply_keys[1]
        where job_id = ${job} and outcome = 'labelled') as replies`.execute(engine.db);
  expect(stored).toEqual([{ labels: labelled, replies: labelled }]);
}

/** Answers that the simulator gave, and for how many prompts: the difference was paid for twice. */
export function paid(simulator: BatchSimulator): { answered: number; prompts: number } {
  // Asking for the counts brings the log up to now.
  void simulator.calls;
  const answered = simulator.log.filter(({ outcome }) => outcome === "answered");
  return { answered: answered.length, prompts: new Set(answered.map((call) => call.prompt)).size };
}
