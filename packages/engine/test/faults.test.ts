import type { Engine } from "@countersign/engine";
import { agents, jobs, startWorker } from "@countersign/engine";
import { pino } from "pino";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { agentAt, ann, labellingProject, runJob, texts, untilAtRest } from "./labelling.ts";
import { type Call, completion, startProvider } from "./provider.ts";

const good = (call: Call) => call.send(200, completion("tone: good"));

/** Runs a job over so many records to its end, with a worker of its own. */
async function runToRest(
  engine: Engine,
  address: string,
  n: number,
  changed: Parameters<typeof runJob>[3] = {},
  keyVariable?: string,
) {
  await labellingProject(engine, "p", texts(n));
  const agent = await agentAt(
    engine,
    "p",
    address,
    keyVariable === undefined ? {} : { keyVariable },
  );
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent, changed);
  const job = await untilAtRest(engine, "p", id);
  await worker.stop();
  return job;
}

const passing: readonly ((call: Call) => void)[] = [
  (call) => call.send(500, { error: { message: "oops" } }),
  (call) => call.send(503, { error: { message: "overloaded" } }),
  (call) => call.send(429, { error: { message: "slow down" } }, { "retry-after": "0.1" }),
  (call) => call.response.destroy(),
  (call) => call.send(200, "{ not json"),
  (call) => call.send(200, JSON.stringify(completion("tone: good")).slice(0, 70)),
  (call) => call.send(200, { ...completion(""), choices: [] }),
  () => undefined,
];

test("every passing fault is met by another try, and costs no label", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => {
    const fault = passing[Number(call.text.match(/\d+/)?.[0]) % 10];
    if (fault && call.before === 0) fault(call);
    else good(call);
  });
  const job = await runToRest(engine, provider.address, 40, { timeoutSeconds: 1 });
  expect(job).toMatchObject({
    state: "done",
    progress: {
      outcomes: { labelled: 40, failed: 0 },
      distribution: { tone: { good: 40 } },
      calls: 72,
      retries: 32,
    },
  });
});

test("what no try can mend is the item's outcome, named, in the provider's words; the others are labelled", async () => {
  await using engine = await freshEngine();
  const faults: readonly ((call: Call) => void)[] = [
    (call) => call.send(200, completion(null, { finish_reason: "content_filter" })),
    (call) => call.send(400, { error: { message: "filtered", code: "content_filter" } }),
    (call) => call.send(400, { error: { message: "too long", code: "context_length_exceeded" } }),
    (call) => call.send(400, { error: { message: "bad message", param: "messages" } }),
    (call) => call.send(500, { error: { message: "broken for good" } }),
    (call) => call.send(200, completion("I would say it depends.")),
  ];
  await using provider = await startProvider((call) =>
    (faults[Number(call.text.match(/\d+/)?.[0])] ?? good)(call),
  );
  const job = await runToRest(engine, provider.address, 100, { maxAttempts: 2 });
  expect(job).toMatchObject({
    state: "done",
    progress: {
      outcomes: { labelled: 94, refused: 2, "prompt-too-long": 1, failed: 2, "invalid-reply": 1 },
      reasons: {
        refusal: 1,
        "content-refused": 1,
        "prompt-too-long": 1,
        "invalid-request": 1,
        "server-error": 1,
      },
      remaining: 0,
      calls: 101,
      retries: 1,
    },
  });
  const failed = { project: "p", job: job.id, outcome: "failed" as const, limit: 10 };
  expect(given(await jobs.items(engine, failed)).items).toMatchObject([
    {
      record: { content: "text 3." },
      reason: "invalid-request",
      message: "bad message",
      attempts: 1,
    },
    {
      record: { content: "text 4." },
      reason: "server-error",
      message: "broken for good",
      attempts: 2,
    },
  ]);
  const invalid = { project: "p", job: job.id, outcome: "invalid-reply" as const, limit: 10 };
  expect(given(await jobs.items(engine, invalid)).items).toMatchObject([
    { replies: ["I would say it depends."], attempts: 1 },
  ]);
});

test("a wrong key pauses the job within five calls; with the right one it goes on", async () => {
  const environment: Record<string, string> = { MY_API_KEY: "sk-wrong-key" };
  await using engine = await freshEngine(environment);
  await using provider = await startProvider((call) =>
    call.authorization === "Bearer sk-right-key"
      ? good(call)
      : call.send(401, { error: { message: "Incorrect API key.", code: "invalid_api_key" } }),
  );
  const paused = await runToRest(engine, provider.address, 300, {}, "MY_API_KEY");
  expect(provider.calls.length).toBeLessThanOrEqual(5);
  expect(paused).toMatchObject({
    state: "paused",
    pause: {
      reason: "provider",
      what: "Incorrect API key.",
      next: expect.stringContaining("MY_API_KEY"),
    },
    progress: { remaining: 300, outcomes: { failed: 0 } },
  });

  environment.MY_API_KEY = "sk-right-key";
  const worker = startWorker(engine);
  const resumed = given(await jobs.resume(engine, ann, { project: "p", job: paused.id }));
  expect(resumed).toMatchObject({ state: "running", pause: null });
  const done = await untilAtRest(engine, "p", paused.id);
  expect(done).toMatchObject({ state: "done", progress: { outcomes: { labelled: 300 } } });
  await worker.stop();
});

test("a provider that echoes the key gets it neither into the database nor into the log", async () => {
  const key = "sk-very-secret-1234567890";
  let logged = "";
  await using plain = await freshEngine({ MY_API_KEY: key });
  const log = pino({ level: "trace" }, { write: (line: string) => (logged += line) });
  const engine = { ...plain, log };
  await using provider = await startProvider((call) => {
    const words = `Key ${call.authorization} is not yours, ${call.authorization}`;
    if (call.text.includes(" 7")) call.send(400, { error: { message: words, param: "messages" } });
    else if (call.text.includes(" 19")) call.send(401, { error: { message: words } });
    else call.send(200, completion(`tone: good\n${words}`));
  });
  const job = await runToRest(engine, provider.address, 20, { concurrency: 2 }, "MY_API_KEY");
  expect(job.pause?.what).toBe("Key Bearer [key] is not yours, Bearer [key]");
  const tables = ["jobs", "agents", "job_items", "replies", "labels", "job_counters"] as const;
  for (const table of tables) {
    const { rows } = await engine.pool.query(`select * from ${table}`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(key);
  }
  expect(logged).toContain("job paused");
  expect(logged).not.toContain(key);
});

const hopeless: [string, (call: Call) => void, string][] = [
  [
    "an unknown model",
    (call) => call.send(404, { error: { message: "No such model." } }),
    "No such model.",
  ],
  [
    "an exhausted quota",
    (call) =>
      call.send(429, { error: { message: "You are out of credit.", code: "insufficient_quota" } }),
    "You are out of credit.",
  ],
  [
    "an address that is none",
    (call) => call.send(404, "<html>not here</html>"),
    "The provider answered HTTP 404 without saying why.",
  ],
  [
    "a parameter that the model does not take",
    (call) => call.send(400, { error: { message: "No logprobs here.", param: "logprobs" } }),
    "No logprobs here.",
  ],
];
test.each(hopeless)("%s pauses the job at once", async (_, answer, what) => {
  await using engine = await freshEngine();
  await using provider = await startProvider(answer);
  const job = await runToRest(engine, provider.address, 300);
  expect(provider.calls.length).toBeLessThanOrEqual(5);
  expect(job).toMatchObject({ state: "paused", pause: { what }, progress: { remaining: 300 } });
});

const down: [string, (call: Call) => void, string][] = [
  ["loses every connection", (call) => call.response.destroy(), "No connection to the provider: "],
  ["fails every call", (call) => call.send(500, { error: { message: "down" } }), "down"],
  [
    "answers nothing readable",
    (call) => call.send(200, "<html>"),
    "The provider's reply was cut off",
  ],
];
test.concurrent.each(down)(
  "a provider that %s is tried again for a while, then the job pauses",
  async (_, answer, what) => {
    await using engine = await freshEngine();
    await using provider = await startProvider(answer);
    const job = await runToRest(engine, provider.address, 300, { maxAttempts: 3 });
    expect(job).toMatchObject({
      state: "paused",
      pause: {
        what: expect.stringContaining(what),
        next: expect.stringContaining(provider.address),
      },
      progress: { remaining: 300, outcomes: { failed: 0 } },
    });
    expect(provider.calls.length).toBeGreaterThan(5);
    expect(provider.calls.length).toBeLessThan(30);
  },
);

test("requests that are all called invalid pause the job, before it has burnt through", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) =>
    call.send(400, { error: { message: "I take no system message." } }),
  );
  const job = await runToRest(engine, provider.address, 300);
  expect(job).toMatchObject({ state: "paused", pause: { what: "I take no system message." } });
  expect(job.progress.outcomes.failed).toBeLessThan(20);
});

test("a prompt longer than the model's known window is not sent", async () => {
  await using engine = await freshEngine({ OPENAI_API_KEY: "sk-not-used" });
  await labellingProject(engine, "p", ["word ".repeat(200_000)]);
  const model = { provider: "openai", model: "gpt-4o-mini" } as const;
  const parameters = { topLogprobs: 5 };
  const agent = given(
    await agents.create(engine, ann, { project: "p", model, parameters, prompt: {} }),
  );
  const worker = startWorker(engine);
  const job = await untilAtRest(engine, "p", (await runJob(engine, "p", agent)).id);
  expect(job).toMatchObject({
    state: "done",
    progress: { outcomes: { "prompt-too-long": 1 }, calls: 0 },
  });
  const items = given(await jobs.items(engine, { project: "p", job: job.id, limit: 1 })).items;
  expect(items[0]?.message).toContain("128000 tokens");
  await worker.stop();
});
