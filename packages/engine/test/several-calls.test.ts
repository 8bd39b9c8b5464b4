import type { Agent, Label } from "@countersign/core";
import { agents, type Engine, jobs, labels, records, startWorker } from "@countersign/engine";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { ann, labellingProject, runJob, texts, untilAtRest } from "./labelling.ts";
import { completion, startProvider } from "./provider.ts";

type More = Pick<
  Parameters<typeof agents.create>[2],
  "confidence" | "refine" | "prompt" | "parameters"
>;

const agentWith = async (
  engine: Engine,
  baseUrl: string,
  more: Partial<More>,
): Promise<Agent & { notes: string[] }> =>
  given(
    await agents.create(engine, ann, {
      project: "p",
      model: { provider: "openai-compatible", model: "m", baseUrl },
      parameters: { topLogprobs: 0 },
      prompt: {},
      ...more,
    }),
  );

const labelsOf = async (engine: Engine, record: number): Promise<Label[]> =>
  given(await records.get(engine, { project: "p", record })).labels;

/** Runs a job over the first records with a worker of its own. */
async function finished(engine: Engine, agent: Agent, changed = {}) {
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent, changed);
  const job = await untilAtRest(engine, "p", id);
  await worker.stop();
  return job;
}

test("a label by self-consistency is the value that most replies say, its confidence their share", async () => {
  await using engine = await freshEngine();
  let asked = 0;
  await using provider = await startProvider((call) => {
    asked += 1;
    call.send(200, completion(asked % 5 === 0 ? "tone: bad" : "tone: good"));
  });
  await labellingProject(engine, "p", texts(1));
  const agent = await agentWith(engine, provider.address, {
    confidence: { by: "self-consistency", samples: 5 },
    parameters: { topLogprobs: 0, seed: 7 },
  });
  const { progress } = await finished(engine, agent);
  expect(progress).toMatchObject({ calls: 5, distribution: { tone: { good: 1 } }, reused: 0 });
  expect(provider.calls.map(({ body }) => body.seed).toSorted()).toEqual([10, 11, 7, 8, 9]);
  const [label] = await labelsOf(engine, 1);
  expect(label).toMatchObject({
    value: "good",
    confidence: 0.8,
    confidenceMethod: "self-consistency",
    metadata: { samples: 5, attempts: 5, inputTokens: 50, outputTokens: 10, seed: 7 },
  });
  const { calls } = given(await labels.reply(engine, { project: "p", label: label?.id ?? 0 }));
  expect(calls.map(({ reply }) => reply).toSorted()).toEqual([
    "tone: bad",
    ...Array.from({ length: 4 }, () => "tone: good"),
  ]);

  const again = await finished(engine, agent);
  expect(again.progress).toMatchObject({ calls: 0, reused: 1 });
  expect(await jobs.reextract(engine, ann, { project: "p", job: again.id })).toMatchObject({
    value: { replies: 1, gained: 0, changed: 0, lost: 0, outcomes: 0 },
  });
});

test("paraphrased prompts are each asked once, with the same examples and the same text", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) =>
    call.send(200, completion(call.text.startsWith("Judge") ? "tone: bad" : "tone: good")),
  );
  await labellingProject(engine, "p", texts(1));
  const agent = await agentWith(engine, provider.address, {
    prompt: { examples: [{ text: "An example.", reply: "tone: good" }] },
    confidence: {
      by: "paraphrase-consistency",
      prompts: [{ user: "Judge this: {{text}}" }, { user: "Say of this: {{text}}" }],
    },
  });
  await finished(engine, agent);
  expect(provider.calls.map(({ text }) => text).toSorted()).toEqual([
    "<text>\ntext 0.\n</text>",
    "Judge this: text 0.",
    "Say of this: text 0.",
  ]);
  for (const { body } of provider.calls) expect(JSON.stringify(body)).toContain("An example.");
  expect(await labelsOf(engine, 1)).toMatchObject([
    { value: "good", confidence: 2 / 3, confidenceMethod: "paraphrase-consistency" },
  ]);
});

test("a reply that names no option is mapped by a second call, paid once for all that say the same", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => {
    const user = call.text;
    if (user.startsWith("<reply>"))
      return call.send(200, completion(user.includes("splendid") ? "tone: good" : "tone: unsure"));
    if (user.includes("text 0.")) return call.send(200, completion("tone: good"));
    if (user.includes("text 3.")) return call.send(200, completion("tone: who knows"));
    if (user.includes("text 4.")) return call.send(200, completion("I'm sorry, I cannot help."));
    return call.send(200, completion("tone: splendid"));
  });
  await labellingProject(engine, "p", texts(5));
  const agent = await agentWith(engine, provider.address, { refine: true });
  const { id, progress } = await finished(engine, agent);
  expect(progress).toMatchObject({
    calls: 7,
    outcomes: { labelled: 3, "invalid-reply": 1, refused: 1 },
    reasons: { "unknown-option": 1, refusal: 1 },
  });
  expect(await labelsOf(engine, 2)).toMatchObject([
    { value: "good", confidence: null, confidenceMethod: null, metadata: { refined: true } },
  ]);
  const [first] = await labelsOf(engine, 1);
  expect(first?.metadata).not.toHaveProperty("refined");
  const page = given(await jobs.items(engine, { project: "p", job: id, limit: 10 }));
  expect(page.items.map(({ replies }) => replies)).toEqual([
    ["tone: good"],
    ["tone: splendid", "tone: good"],
    ["tone: splendid", "tone: good"],
    ["tone: who knows", "tone: unsure"],
    ["I'm sorry, I cannot help."],
  ]);
  const [mapped] = await labelsOf(engine, 2);
  const { calls } = given(await labels.reply(engine, { project: "p", label: mapped?.id ?? 0 }));
  expect(calls).toMatchObject([
    { refines: false, prompt: { user: "<text>\ntext 1.\n</text>" } },
    { refines: true, prompt: { user: "<reply>\ntone: splendid\n</reply>" } },
  ]);

  const again = await finished(engine, agent);
  expect(again.progress).toMatchObject({ calls: 0, outcomes: progress.outcomes, reused: 5 });
  expect(await jobs.reextract(engine, ann, { project: "p", job: id })).toMatchObject({
    value: { replies: 5, gained: 0, changed: 0, lost: 0, outcomes: 0 },
  });
});

test("a second call that fails for good ends the item as failed, and the first reply is not paid for again", async () => {
  await using engine = await freshEngine();
  let isWell = false;
  await using provider = await startProvider((call) => {
    if (!call.text.startsWith("<reply>")) return call.send(200, completion("tone: splendid"));
    if (isWell) return call.send(200, completion("tone: good"));
    return call.send(400, { error: { message: "no such thing", type: "invalid_request_error" } });
  });
  await labellingProject(engine, "p", texts(1));
  const agent = await agentWith(engine, provider.address, { refine: true });
  const { progress } = await finished(engine, agent);
  expect(progress.outcomes).toMatchObject({ failed: 1 });
  isWell = true;
  const again = await finished(engine, agent);
  expect(again.progress).toMatchObject({ calls: 1, outcomes: { labelled: 1 } });
});

test("what a model says of its own sureness is the confidence, and none is put in its place where it says none", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) =>
    call.send(
      200,
      completion(call.text.includes("text 0.") ? "tone: good\ntone confidence: 85" : "tone: bad"),
    ),
  );
  await labellingProject(engine, "p", texts(2));
  const agent = await agentWith(engine, provider.address, { confidence: { by: "verbalised" } });
  await finished(engine, agent);
  expect(await labelsOf(engine, 1)).toMatchObject([
    { value: "good", confidence: 0.85, confidenceMethod: "verbalised" },
  ]);
  expect(await labelsOf(engine, 2)).toMatchObject([
    { value: "bad", confidence: null, confidenceMethod: null },
  ]);
});

test("a job that does not reuse asks of every record anew, repeated texts too, but not again after it was interrupted", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => call.send(200, completion("tone: good")));
  await labellingProject(engine, "p", [...texts(3), "text 0."]);
  const agent = await agentWith(engine, provider.address, {});
  expect((await finished(engine, agent)).progress).toMatchObject({ calls: 3, reused: 1 });
  const anew = await finished(engine, agent, { reuse: false });
  expect(anew.progress).toMatchObject({ calls: 4, reused: 0 });
  // As after a crash between storing the replies and the outcomes.
  await engine.db
    .updateTable("job_items")
    .set({ outcome: null, reply_keys: null })
    .where("job_id", "=", anew.id)
    .execute();
  await engine.db.deleteFrom("labels").execute();
  await engine.db.updateTable("job_shards").set({ done: false }).execute();
  await engine.db.updateTable("jobs").set({ state: "running" }).where("id", "=", anew.id).execute();
  const worker = startWorker(engine);
  await untilAtRest(engine, "p", anew.id);
  await worker.stop();
  expect(provider.calls).toHaveLength(7);
});

test("an agent's samples, paraphrases and second prompt belong to what it is; the usual confidence does not", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(1));
  const make = (more: Partial<More>) => agentWith(engine, "http://127.0.0.1:1/v1", more);
  const plain = await make({});
  expect((await make({ confidence: { by: "label-token-probability" } })).id).toBe(plain.id);
  const several = await make({ confidence: { by: "self-consistency", samples: 3 } });
  const more = await make({ confidence: { by: "self-consistency", samples: 4 } });
  const refining = await make({ refine: true });
  expect(new Set([plain.id, several.id, more.id, refining.id]).size).toBe(4);
  const still = await make({
    confidence: { by: "self-consistency", samples: 3 },
    parameters: { topLogprobs: 0, temperature: 0 },
  });
  expect(still.notes.join(" ")).toMatch(/3 times.*temperature 0/i);
});

test.each([
  [{ prompts: [{}] }, "the same"],
  [{ prompts: [{ user: "No place for it" }] }, "Paraphrase 1: The prompt has no place"],
  [{ prompts: [{ user: "{{text}} {{nothing}}" }] }, "{{nothing}}"],
])("paraphrases %j are refused", async (given, words) => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(1));
  const result = await agents.create(engine, ann, {
    project: "p",
    model: { provider: "openai", model: "m" },
    parameters: { topLogprobs: 0 },
    prompt: {},
    confidence: { by: "paraphrase-consistency", ...given },
  });
  expect(result).toMatchObject({
    error: { type: "agent-invalid", what: expect.stringContaining(words) },
  });
});
