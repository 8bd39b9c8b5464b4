import { agents, jobs, startWorker } from "@countersign/engine";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { agentAt, ann, labellingProject, settings, texts, untilAtRest } from "./labelling.ts";
import { completion, startProvider } from "./provider.ts";

test("an estimate counts prompts with the model's tokenizer, prices them, and leaves nothing behind", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(1000));
  const agent = given(
    await agents.create(engine, ann, {
      project: "p",
      model: { provider: "openai", model: "gpt-4.1-mini" },
      parameters: { topLogprobs: 5 },
      prompt: { system: "Say good or bad.", user: "{{text}}" },
    }),
  );
  const asked = { project: "p", agent: agent.id, settings };
  const estimated = given(await jobs.estimate(engine, asked));
  expect(estimated).toMatchObject({
    records: 1000,
    sampled: 200,
    reused: 0,
    calls: 1000,
    tokenizer: { exact: true },
    pilot: null,
  });
  // "Say good or bad." has 5 tokens, "text 123." has 3 to 4, and the form of a chat of two messages 9.
  expect(estimated.inputTokens.likely).toBeGreaterThan(17_000);
  expect(estimated.inputTokens.likely).toBeLessThan(19_000);
  expect(estimated.inputTokens.low).toBeLessThanOrEqual(estimated.inputTokens.likely);
  // $0.40 and $1.60 a million.
  const { inputTokens, outputTokens } = estimated;
  const usd = (inputTokens.likely * 0.4 + outputTokens.likely * 1.6) / 1e6;
  expect(estimated.usd?.likely).toBeCloseTo(usd, 3);
  expect(given(await jobs.estimate(engine, asked))).toEqual(estimated);
  const { rows } = await sql`select from jobs`.execute(engine.db);
  expect(rows).toHaveLength(0);
});

test("a pilot tells the replies' length; what it was answered is taken off; limits stretch the time", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => call.send(200, completion("tone: good")));
  await labellingProject(engine, "p", texts(150));
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const pilot = given(
    await jobs.run(engine, ann, { project: "p", agent: agent.id, limit: 50, settings }),
  );
  await untilAtRest(engine, "p", pilot.id);
  await worker.stop();
  const asked = { project: "p", agent: agent.id };
  const limited = { ...settings, requestsPerMinute: 10 };
  expect(given(await jobs.estimate(engine, { ...asked, settings: limited }))).toMatchObject({
    records: 150,
    sampled: 150,
    reused: 50,
    calls: 100,
    outputTokens: { low: 200, likely: 200, high: 200 },
    usd: null,
    seconds: { low: 600, likely: 600, high: 600 },
    tokenizer: { exact: false, name: expect.stringContaining("approximation") },
    pilot: pilot.id,
  });
  expect(given(await jobs.estimate(engine, { ...asked, limit: 20, settings }))).toMatchObject({
    records: 20,
    calls: 0,
    inputTokens: { likely: 0 },
    seconds: { high: 0 },
  });
  expect(provider.calls).toHaveLength(50);
});

test("an estimate of what could not be run says why", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(1));
  expect(await jobs.estimate(engine, { project: "p", agent: "nobody", settings })).toMatchObject({
    error: { type: "agent-not-found" },
  });
});

test("a job that needs no call costs nothing, also where the model's price is unknown", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(3));
  const agent = await agentAt(engine, "p", "http://127.0.0.1:9/v1");
  const estimated = async (keyword: string) =>
    given(
      await jobs.estimate(engine, {
        project: "p",
        agent: agent.id,
        where: { keyword: { text: keyword, caseSensitive: false } },
        settings,
      }),
    );
  expect(await estimated("text")).toMatchObject({ calls: 3, usd: null });
  expect(await estimated("nowhere")).toMatchObject({
    calls: 0,
    usd: { low: 0, likely: 0, high: 0 },
  });
});
