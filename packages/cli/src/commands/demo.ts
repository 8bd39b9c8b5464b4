import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { type Job, type ModelConfiguration, optionsOf, readSchema } from "@countersign/core";
import { Countersign, CountersignError } from "@countersign/sdk";
import { startServer } from "@countersign/server";
import { type Simulator, startSimulator } from "@countersign/simulator";
import { announceServer, dataDirectory, runningServer, withdrawServer } from "../data-directory.ts";
import { counted, duration, money, share } from "../figures.ts";
import { log } from "../log.ts";
import { opened } from "../opened.ts";
import { portNumber } from "../port.ts";
import { untilStopped } from "../signals.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";
import { version } from "../version.ts";
import { webRoot } from "../web-root.ts";
import { watched } from "./job.ts";
import { defaultPort } from "./serve.ts";

const project = "demo";
const label = "sentiment";
const folder = join(import.meta.dirname, "../demo");
const simulatedModel = "simulated-small";
/** A fixed port, so that the demo's agent has the same address, and so the same identity, each time. */
const simulatorPort = 4271;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const demo = () =>
  new Command("demo")
    .description("a whole round on 300 customer messages: import, label, look, verify")
    .option("--model <name>", "with OPENAI_API_KEY: the model to use", "gpt-4.1-mini")
    .option("--data-dir <dir>", "where the embedded database is (or COUNTERSIGN_DATA_DIR)")
    .option("--port <n>", "where to listen", portNumber, defaultPort)
    .option("--fresh", "delete the demo project first, with its verifications")
    .action(async (options) => {
      const dataDir = dataDirectory(options.dataDir);
      const already = await runningServer(dataDir);
      if (already !== undefined)
        throw new UsageError(
          `A server runs on ${dataDir} already, at ${already}. Stop it, or choose another --data-dir.`,
        );
      const real = process.env.OPENAI_API_KEY !== undefined;
      const simulator = real ? undefined : await startRecordedModel();
      const server = opened(
        await startServer({
          database: { dataDir },
          environment: process.env,
          log: log("warn"),
          version,
          webRoot: webRoot(),
          host: "127.0.0.1",
          port: options.port,
        }),
      );
      announceServer(dataDir, server.url);
      try {
        say(`Countersign ${version}: embedded Postgres and server are up, data in ${dataDir}`);
        const client = new Countersign({ url: server.url });
        const model: ModelConfiguration = simulator
          ? { provider: "openai-compatible", model: simulatedModel, baseUrl: simulator.url }
          : { provider: "openai", model: options.model };
        const job = await walk(client, model, options.fresh ?? false);
        say(`\nReview: ${server.url}/p/${project}/review?job=${job.id}&label=${label}`);
        say(
          "Enter confirms, 1–3 correct, U undoes, ? tells more. Ctrl-C here stops the demo; everything is kept.",
        );
        await untilStopped();
      } finally {
        withdrawServer(dataDir);
        await server.close();
        await simulator?.close();
      }
    });

/** Replays the recorded answers, at the usual port where it is free. */
async function startRecordedModel(): Promise<Simulator> {
  const options = { replies: join(folder, "replies.jsonl"), latency: { medianMs: 120 } };
  return startSimulator({ ...options, port: simulatorPort }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") return startSimulator({ ...options, port: 0 });
      throw error;
    },
  );
}

/** The loop once, told step by step. What is already there from an earlier demo is kept and used. */
async function walk(client: Countersign, model: ModelConfiguration, fresh: boolean): Promise<Job> {
  if (fresh) await unless("project-not-found", client.projects.remove({ project }));
  await unless("project-exists", client.projects.create({ name: project }));

  const document = readSchema(
    JSON.parse(await readFile(join(folder, "customer-messages.schema.json"), "utf8")),
  );
  if (!document.ok) throw new Error(document.error.what);
  const schema = await client.schemas.set({ project, ...document.value });
  const options = document.value.labels
    .slice(0, 1)
    .flatMap(optionsOf)
    .map((option) => option.text);
  say(`\n1. Schema v${schema.version}: ${label} is ${options.join(", ")}`);

  const report = await client.records.import({
    project,
    format: "csv",
    mapping: {
      key: "id",
      text: "message",
      metadata: ["channel", "received"],
      gold: { [label]: "sentiment" },
    },
    file: await openAsBlob(join(folder, "customer-messages.csv")),
  });
  say(
    report.added > 0
      ? `2. Import: ${counted(report.added, "record")}, ${counted(report.goldLabels, "gold label")} in ${duration(report.seconds)}`
      : `2. Import: nothing to do, all ${counted(report.rows, "record")} are there from an earlier demo`,
  );

  const agent = await client.agents.create({ project, model });
  const simulated = model.provider === "openai-compatible";
  say(`3. Agent ${agent.name} (${agent.id.slice(0, 12)})`);
  if (simulated)
    say(
      "   SIMULATED: its replies are recorded answers; no language model is called and nothing is paid.\n   With OPENAI_API_KEY set, the demo asks a real model instead.",
    );

  const [last] = agent.jobs;
  const before = last === undefined ? undefined : await client.jobs.get({ project, job: last });
  const job = await watched(
    client,
    project,
    before
      ? await client.jobs.resume({ project, job: before.id })
      : await client.jobs.run({ project, agent: agent.id }),
  );
  await tellJob(client, job, simulated);
  return job;
}

async function tellJob(client: Countersign, job: Job, simulated: boolean): Promise<void> {
  const { progress } = job;
  say(
    `4. Job ${job.id} ${job.state}: ${counted(progress.outcomes.labelled, "record")} labelled of ${progress.total} in ${duration(progress.seconds)}, ${counted(progress.retries, "retry")}`.replace(
      "retrys",
      "retries",
    ),
  );
  if (job.pause !== null) say(`   ${job.pause.what}\n   ${job.pause.next}`);
  for (const [reason, n] of Object.entries(progress.reasons))
    say(`   without a label: ${n} × ${reason}`);
  say(
    `   ${progress.inputTokens} tokens in, ${progress.outputTokens} out, cost ${money(progress.cost)}${simulated ? " (simulated)" : ""}`,
  );
  const values = Object.entries(progress.distribution[label] ?? {}).sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...values.map(([, n]) => n));
  for (const [value, n] of values)
    say(`   ${value.padEnd(10)} ${"□".repeat(Math.ceil((n / most) * 30)).padEnd(30)} ${n}`);
  if (job.state !== "done") return;

  const { accuracy } = await client.evaluations.compare({ project, job: job.id });
  say(`5. Against the demo's gold: accuracy ${share(accuracy)}, ${accuracy.hits} of ${accuracy.n}`);

  const lowest = await client.records.search({
    project,
    where: { label: { by: { job: job.id }, name: label } },
    sort: { by: "confidence", job: job.id, name: label },
    limit: 5,
  });
  say("6. Least confident, the first to look at:\n");
  say(
    table(
      [
        { title: "   confidence", align: "right" },
        { title: "label" },
        { title: "message", width: 72 },
      ],
      lowest.records.map((record) => {
        const given = record.labels.find(
          (one) => one.annotator.job === job.id && one.name === label,
        );
        return [given?.confidence?.toFixed(2) ?? "–", String(given?.value ?? ""), record.content];
      }),
    ).trimEnd(),
  );
}

/** Waits for an act, and takes the one problem that is expected for done. */
async function unless(
  expected: CountersignError["problem"]["type"],
  act: Promise<unknown>,
): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof CountersignError && error.problem.type === expected)) throw error;
  }
}
