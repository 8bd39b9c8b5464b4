import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Countersign } from "@countersign/sdk";
import type { FaultRule } from "@countersign/simulator";
import { startSimulatorProcess } from "../../bench/simulator/start.ts";
import { options, textOf } from "../../bench/texts.ts";
import { Cast, type Victim } from "./cast.ts";
import { type Account, type Kill, readLedger } from "./ledger.ts";
import { randomOf } from "./random.ts";
import { examine } from "./verdict.ts";
import { countStored, lookAt, lost, type Stored } from "./witness.ts";

/** A disaster to rehearse. */
export interface Plan {
  readonly items: number;
  /** How often somebody is killed. */
  readonly rounds: number;
  /** Decides who is killed and when, and what the simulator lets fail. */
  readonly seed: number;
  /** The job must be done after so many seconds. */
  readonly seconds: number;
  /** Told what happens. */
  readonly say: (line: string) => void;
}

/** What came of it. */
export interface Aftermath {
  /** What should never have happened; empty where all is well. */
  readonly wrongs: readonly string[];
  readonly account: Account;
}

const project = "chaos";
const faults: FaultRule[] = (
  ["429", "500", "503", "reset", "malformed", "truncated", "empty"] as const
).map((fault): FaultRule => ({ fault, share: 0.02 }));
const timeout: FaultRule = { fault: "timeout", share: 0.01 };
const settings = { concurrency: 64, maxAttempts: 10, timeoutSeconds: 3 };

/** Who dies in a round: mostly one, now and then several at once. */
const scenes: readonly (readonly Victim[])[] = [
  ["server"],
  ["worker"],
  ["postgres"],
  ["server", "worker"],
  ["server", "worker", "postgres"],
];

/**
 * Runs a job while its processes are killed over and over, and says what is wrong in the end. Linux only. It leaves
 * nothing behind but, where something is wrong, the folder that it names.
 */
export async function rehearse(plan: Plan): Promise<Aftermath> {
  const { items, seed, say } = plan;
  const folder = await mkdtemp(join(tmpdir(), "countersign-chaos-"));
  // As root Postgres runs as nobody, who must be able to come this far.
  await chmod(folder, 0o755);
  const calls = join(folder, "calls.jsonl");
  const dataDir = join(folder, "data");
  const cast = new Cast(dataDir, join(folder, "log.jsonl"));
  const wrongs: string[] = [];
  const kills: Kill[] = [];
  {
    await using simulator = await startSimulatorProcess({
      texts: items,
      logprobs: true,
      seed,
      latency: { medianMs: 100, spread: 0.5 },
      faults: [...faults, timeout],
      log: calls,
    });
    try {
      await cast.start("server");
      await begin(new Countersign({ url: await cast.url }), items, simulator.url);
      await cast.start("worker");
      wrongs.push(...(await killAndWatch(plan, cast, dataDir, kills)), ...cast.deserters);
      wrongs.push(...(await askTheServer(await cast.url, items)));
      const { outcomes, wrongs: found } = await examine(dataDir, items);
      wrongs.push(...found);
      for (const [outcome, n] of Object.entries(outcomes)) say(`${n} items ${outcome}`);
    } finally {
      await cast.stop();
    }
  }
  const account = await readLedger(calls, items, kills);
  if (account.paid > items + account.inFlight)
    wrongs.push(`${account.paid} calls were paid for ${items} items`);
  for (const n of account.overpaid) wrongs.push(`item ${n} was paid for too often`);
  if (wrongs.length === 0) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  else say(`what was left is in ${folder}`);
  return { wrongs, account };
}

/** Sets a job going as a user would. */
async function begin(client: Countersign, items: number, baseUrl: string): Promise<void> {
  await client.projects.create({ name: project });
  const choices = options.map((value) => ({ value, text: value }));
  await client.schemas.set({ project, labels: [{ name: "sentiment", options: choices }] });
  await client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", text: "text" },
    file: Array.from({ length: items }, (_, n) =>
      JSON.stringify({ id: String(n), text: textOf(n) }),
    ).join("\n"),
  });
  const model = { provider: "openai-compatible", model: "simulated-small", baseUrl } as const;
  const agent = await client.agents.create({ project, name: "small", model });
  await client.jobs.run({ project, agent: agent.id, settings });
}

/** What the server that is there in the end has to say of the job. */
async function askTheServer(url: string, items: number): Promise<string[]> {
  const client = new Countersign({ url });
  for await (const { state, progress } of client.jobs.watch({ project, job: 1 })) {
    if (state === "paused") return ["the job is paused"];
    if (state === "done" && (progress.total !== items || progress.remaining > 0))
      return [`the job is done with ${progress.remaining} of ${progress.total} items remaining`];
  }
  return [];
}

/** Kills round by round, brings the dead back, and waits until the job is done; answers what it saw go wrong. */
async function killAndWatch(
  { items, rounds, seed, seconds, say }: Plan,
  cast: Cast,
  dataDir: string,
  kills: Kill[],
): Promise<string[]> {
  const random = randomOf(seed);
  const deadline = Date.now() + seconds * 1000;
  const wrongs: string[] = [];
  let seen: Stored = new Map();

  /** Looks at the database, if it answers, and holds it against what was there before. */
  const look = async () => {
    const now = await lookAt(dataDir);
    if (!now) return;
    for (const key of lost(seen, now))
      wrongs.push(`item ${key} was ${seen.get(key)}, then ${now.get(key) ?? "not there"}`);
    seen = now;
  };

  for (let round = 1; round <= rounds; round += 1) {
    // Some kills come after so much work, the others after so much time, while the last victims are still coming back.
    const enough = random() < 0.7 ? seen.size + random() * 1.8 * (items / (rounds + 1)) : 0;
    const pause = random() * (enough > 0 ? 100 : 2500);
    while (enough > 0 && ((await countStored(dataDir)) ?? 0) < enough && Date.now() < deadline)
      await sleep(20);
    await sleep(pause);
    await look();
    const scene = scenes[Math.floor(random() * scenes.length)] ?? [];
    for (const victim of scene) await cast.kill(victim);
    kills.push({ at: Date.now(), stored: seen });
    const passed = seconds - (deadline - Date.now()) / 1000;
    say(
      `${passed.toFixed(1)} s, round ${round}: ${scene.join(", ")} killed with ${seen.size} of ${items} items stored`,
    );
    await sleep(random() * 300);
    for (const role of cast.missing) await cast.start(role);
  }

  while (seen.size < items && Date.now() < deadline) {
    await sleep(250);
    await look();
  }
  if (seen.size < items) wrongs.push(`${items - seen.size} items have no outcome in time`);
  return wrongs;
}
