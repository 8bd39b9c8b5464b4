import { agents, jobs, records, startWorker } from "@countersign/engine";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { agentAt, ann, labellingProject, runJob, texts, untilAtRest } from "./labelling.ts";
import { completion, startProvider } from "./provider.ts";

const logprobs = {
  content: [
    { token: "tone", logprob: 0, top_logprobs: [] },
    { token: ":", logprob: 0, top_logprobs: [] },
    {
      token: " good",
      logprob: Math.log(0.87),
      top_logprobs: [
        { token: " good", logprob: Math.log(0.87) },
        { token: " bad", logprob: Math.log(0.13) },
      ],
    },
  ],
};

test("a job labels every record once, with confidence and provenance, and tells how it went", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) =>
    call.send(200, completion("tone: good", { logprobs }), { "x-countersign-simulated": "true" }),
  );
  await labellingProject(engine, "p", texts(301));
  const agent = await agentAt(engine, "p", provider.address, { name: "first" });
  const worker = startWorker(engine);
  const started = await runJob(engine, "p", agent);
  expect(started).toMatchObject({
    state: "preparing",
    agent: { id: agent.id, name: "first", model: "test-model" },
    createdBy: "ann",
    startedAt: null,
    progress: { total: 0, calls: 0, cost: 0 },
  });

  const job = await untilAtRest(engine, "p", started.id);
  expect(job).toEqual({
    ...started,
    state: "done",
    simulated: true,
    startedAt: expect.any(String),
    finishedAt: expect.any(String),
    progress: {
      total: 301,
      outcomes: {
        labelled: 301,
        "invalid-reply": 0,
        refused: 0,
        "prompt-too-long": 0,
        failed: 0,
        cancelled: 0,
      },
      remaining: 0,
      distribution: { tone: { good: 301 } },
      reasons: {},
      calls: 301,
      retries: 0,
      retriesBy: {},
      reused: 0,
      inputTokens: 3010,
      outputTokens: 602,
      cost: 0,
      expectedCost: 0,
      budget: [],
      seconds: expect.any(Number),
      itemsPerSecond: expect.closeTo(301 / job.progress.seconds, 6),
      secondsLeft: null,
      endsAt: null,
      stages: {
        prepare: { done: 301, complete: true, tooLong: 0 },
        call: { done: 301, underWay: 0, calls: 301, retries: 0, reused: 0, failed: 0 },
        extract: { done: 301, invalid: 0, refused: 0 },
        store: { done: 301, unstored: 0, remaining: 0, cancelled: 0 },
      },
      live: null,
    },
  });
  expect(provider.calls).toHaveLength(301);
  expect(new Set(provider.calls.map((call) => call.text)).size).toBe(301);

  const summary = given(await jobs.labels(engine, { project: "p", job: job.id, label: "tone" }));
  expect(summary).toMatchObject({
    statuses: { unverified: 301, confirmed: 0, corrected: 0 },
    values: [{ value: "good", n: 301 }],
    unmeasured: 0,
  });
  expect(summary.histogram.indexOf(301)).toBe(17);

  const { labels } = given(await records.get(engine, { project: "p", record: 1 }));
  expect(labels).toMatchObject([
    {
      name: "tone",
      value: "good",
      annotator: { kind: "job", job: job.id },
      schemaVersion: 1,
      confidence: expect.closeTo(0.87, 6),
      confidenceMethod: "label-token-probability",
      metadata: {
        model: "test-model-2025-01-01",
        simulated: true,
        inputTokens: 10,
        outputTokens: 2,
        cost: 0,
        latency: expect.any(Number),
        attempts: 1,
        finishReason: "stop",
        rule: "line/exact",
      },
    },
  ]);
  await worker.stop();
});

test("a model is held to the schema where the agent asks for structured replies, under another key than without", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) =>
    call.send(200, completion('{"tone": "good"}')),
  );
  await labellingProject(engine, "p", texts(1));
  const worker = startWorker(engine);
  for (const format of ["json", "structured"] as const) {
    const agent = given(
      await agents.create(engine, ann, {
        project: "p",
        model: { provider: "openai-compatible", model: "m", baseUrl: provider.address },
        parameters: { topLogprobs: 0 },
        prompt: { format },
      }),
    );
    const { id } = await runJob(engine, "p", agent);
    const { progress } = await untilAtRest(engine, "p", id);
    expect(progress).toMatchObject({ distribution: { tone: { good: 1 } }, reused: 0 });
  }
  expect(provider.calls.map(({ body }) => body.response_format)).toEqual([
    undefined,
    {
      type: "json_schema",
      json_schema: expect.objectContaining({
        name: "labels",
        schema: {
          type: "object",
          properties: { tone: { type: "string", enum: ["good", "bad"] } },
          required: ["tone"],
          additionalProperties: false,
        },
      }),
    },
  ]);
  await worker.stop();
});
