import { JobSettings } from "@countersign/core";
import { agents, startWorker } from "@countersign/engine";
import { type Behaviour, startSimulator } from "@countersign/simulator";
import { expect, test } from "vitest";
import type { z } from "zod";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import {
  ann,
  labellingProject,
  runJob,
  texts,
  untilAtRest,
} from "../../../engine/test/labelling.ts";
import { sizedItems } from "./items.ts";
import { rehearseJob } from "./rehearsal.ts";

const usage = { inputTokens: 60, outputTokens: 5 };

/** A job that really runs, over HTTP, against the simulator. */
async function reallyRun(
  count: number,
  behaviour: z.input<typeof Behaviour>,
  settings: JobSettings,
) {
  await using engine = await freshEngine();
  const replies = texts(count).map((match) => ({ match, reply: "tone: good", usage }));
  const simulator = await startSimulator({ replies, port: 0, ...behaviour });
  const worker = startWorker(engine);
  try {
    await labellingProject(engine, "p", texts(count));
    const agent = given(
      await agents.create(engine, ann, {
        project: "p",
        model: {
          provider: "openai-compatible",
          model: "simulated-small",
          baseUrl: simulator.url,
        },
        parameters: { topLogprobs: 0 },
        prompt: {},
      }),
    );
    const { id } = await runJob(engine, "p", agent, settings);
    const { state, progress } = await untilAtRest(engine, "p", id);
    expect(state).toBe("done");
    return { progress, outcomes: simulator.calls.outcomes };
  } finally {
    await worker.stop();
    await simulator.close();
  }
}

const rehearse = (count: number, behaviour: z.input<typeof Behaviour>, settings: JobSettings) =>
  rehearseJob({
    items: sizedItems({
      items: count,
      text: "text",
      promptTokens: usage.inputTokens,
      replyTokens: usage.outputTokens,
    }),
    behaviour,
    settings,
    seed: 1,
  });

/**
 * A real run has this machine's work in it, and other draws, as its prompts are others: its time may differ from the
 * rehearsed one by a fifth of it and a second, the number of its calls by a twentieth.
 */
function expectAgreement(
  real: Awaited<ReturnType<typeof reallyRun>>,
  rehearsed: Awaited<ReturnType<typeof rehearse>>,
) {
  const { progress } = real;
  expect(Math.abs(rehearsed.seconds - progress.seconds)).toBeLessThan(1 + 0.2 * progress.seconds);
  expect(Math.abs(rehearsed.calls - progress.calls)).toBeLessThanOrEqual(0.05 * progress.calls);
  expect(rehearsed.inputTokens).toBe(progress.inputTokens);
  expect(rehearsed.outputTokens).toBe(progress.outputTokens);
  expect(rehearsed.outcomes.answered).toBe(progress.outcomes.labelled);
}

test.concurrent.each([
  ["requests a minute", { requestsPerMinute: 1800, burstSeconds: 1 }, {}],
  ["tokens a minute", { tokensPerMinute: 120_000, burstSeconds: 1 }, {}],
  ["as many calls at once as the job may make", {}, { concurrency: 4 }],
] as const)(
  "a rehearsal agrees with a real run over HTTP, held up by %s",
  async (_, limits, job) => {
    const behaviour = {
      latency: { medianMs: 80, spread: 0.3 },
      limits,
      faults: [{ fault: "500", share: 0.02 } as const],
    };
    const settings = JobSettings.parse({ concurrency: 16, ...job });
    const real = await reallyRun(150, behaviour, settings);
    expectAgreement(real, await rehearse(150, behaviour, settings));
  },
);

test("the same seed gives the same rehearsal, another seed another one", async () => {
  const behaviour = {
    latency: { medianMs: 500, spread: 0.5, tailShare: 0.01 },
    limits: { requestsPerMinute: 600, headers: false },
    faults: [{ fault: "timeout", share: 0.01 } as const],
  };
  const settings = JobSettings.parse({});
  const run = (seed: number) =>
    rehearseJob({
      items: sizedItems({ items: 2000, text: "text", promptTokens: 100, replyTokens: 8 }),
      behaviour,
      settings,
      seed,
    });
  const first = await run(7);
  expect(await run(7)).toEqual(first);
  expect((await run(8)).seconds).not.toBe(first.seconds);
});
