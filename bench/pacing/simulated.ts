/**
 * How much of a provider's allowed rate a job uses, and how many of its calls are turned away, in simulated time: limited
 * by requests or by tokens, with and without headers that tell the limits, from 60 to 30,000 calls a minute, in buckets of
 * one second's worth and of a minute's, with one call in a hundred taking 30 s. Each case runs with several seeds, and
 * counts from its first call on; the worst seed is printed.
 *
 *     npm run bench:pacing:simulated -- [seeds] [only cases whose name holds this]
 */
import { rehearseJob } from "@countersign/cli";
import { JobSettings } from "@countersign/core";
import { judge, machine, print } from "../summary.ts";

const goal = { used: 0.97, rejected: 0.01 };
const [seedCount = "3", only = ""] = process.argv.slice(2);
const seeds = Array.from({ length: Number(seedCount) }, (_, index) => index + 1);
const tokens = { prompt: 250, reply: 8 };

interface Case {
  readonly limit: "requests" | "tokens";
  readonly headers: boolean;
  readonly callsPerMinute: number;
  readonly burstSeconds: number;
  readonly concurrency: number;
}

/** Long enough that the start is a small part, short enough that a case takes seconds. */
const minutesOf = (callsPerMinute: number): number =>
  callsPerMinute <= 300 ? 30 : callsPerMinute <= 3000 ? 15 : 5;

// A second's worth of tokens that is less than many a prompt is no limit that a provider has, and is left out.
const cases: Case[] = [];
for (const limit of ["requests", "tokens"] as const)
  for (const headers of [true, false])
    for (const burstSeconds of [1, 60])
      for (const callsPerMinute of [60, 300, 3000, 30_000])
        for (const concurrency of callsPerMinute > 3000 ? [512] : [64, 256])
          if (limit === "requests" || burstSeconds > 1 || callsPerMinute > 60)
            cases.push({ limit, headers, callsPerMinute, burstSeconds, concurrency });

const nameOf = ({ limit, headers, callsPerMinute, burstSeconds, concurrency }: Case): string =>
  `${limit.padEnd(8)} ${headers ? "with   " : "without"} headers, ${String(callsPerMinute).padStart(5)} calls a minute, ${String(burstSeconds).padStart(2)} s at once, ${String(concurrency).padStart(3)} calls at once`;

async function run(one: Case, seed: number) {
  const { limit, headers, callsPerMinute, burstSeconds, concurrency } = one;
  const perCall = tokens.prompt + tokens.reply;
  const items = Math.round(callsPerMinute * (minutesOf(callsPerMinute) + burstSeconds / 60));
  const { used, turnedAway } = await rehearseJob({
    items: itemsOf(items),
    behaviour: {
      latency: { medianMs: 500, spread: 0.5, tailShare: 0.01, tailMs: 30_000 },
      limits: {
        ...(limit === "requests"
          ? { requestsPerMinute: callsPerMinute }
          : { tokensPerMinute: callsPerMinute * perCall }),
        burstSeconds,
        headers,
      },
    },
    settings: JobSettings.parse({ concurrency }),
    seed,
  });
  return { used: used[limit] ?? 0, rejected: turnedAway.share };
}

/** Prompts of 150 to 350 tokens, 250 on the average, in an order without a pattern. */
async function* itemsOf(count: number) {
  for (let item = 0; item < count; item += 1) {
    const inputTokens = tokens.prompt - 100 + ((item * 7919) % 201);
    yield { characters: 4 * inputTokens, inputTokens, outputTokens: tokens.reply };
  }
}

print(machine(), `seeds ${seeds.join(", ")}; the worst of them:`);
let met = { used: true, rejected: true };
for (const one of cases) {
  const name = nameOf(one);
  if (!name.includes(only)) continue;
  const shares = [];
  for (const seed of seeds) shares.push(await run(one, seed));
  const used = Math.min(...shares.map((share) => share.used));
  const rejected = Math.max(...shares.map((share) => share.rejected));
  const missed = [
    ...(used < goal.used ? ["used"] : []),
    ...(rejected > goal.rejected ? ["rejected"] : []),
  ];
  met = {
    used: met.used && used >= goal.used,
    rejected: met.rejected && rejected <= goal.rejected,
  };
  print(
    `${name}: used ${used.toFixed(3)}, turned away ${rejected.toFixed(4)}${missed.length > 0 ? `   MISSED: ${missed.join(", ")}` : ""}`,
  );
}
judge(`≥ ${goal.used} of the allowed rate is used in every case`, met.used);
judge(`≤ ${goal.rejected} of the calls are turned away in every case`, met.rejected);
