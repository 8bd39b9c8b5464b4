import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ModelConfiguration, Result } from "@countersign/core";
import { type SimulatorOptions, startSimulator } from "@countersign/simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { chatModel } from "../src/llm/ai-sdk-model.ts";
import {
  type BatchInterface,
  type BatchStanding,
  batchesOf,
  captureCall,
  type LineResult,
  readRecorded,
} from "../src/llm/batch/index.ts";
import type { CallFailure } from "../src/llm/call-failure.ts";
import type { ResponseHeaders } from "../src/llm/retry-after.ts";

const signal = new AbortController().signal;
const model = "simulated-small";
const texts = Array.from({ length: 10 }, (_, i) => `Message number ${i}.`);
const replies = texts.map((match, i) => ({
  match,
  reply: `sentiment: ${i % 2 === 0 ? "good" : "bad"}`,
  logprobs: [
    { token: "sentiment: ", logprob: -0.1, top: [] },
    { token: i % 2 === 0 ? "good" : "bad", logprob: -0.2, top: [] },
  ],
}));

const requestOf = (user: string) => ({
  prompt: { system: "Label it.", user },
  parameters: { temperature: 0, topLogprobs: 2, maxOutputTokens: 50 },
});

function got<Value>(result: Result<Value, CallFailure>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A line's name, as long as a key's. */
const nameOf = (i: number) => String(i).padStart(64, "0");

const configurations: Readonly<Record<string, ModelConfiguration>> = {
  "OpenAI's chat": { provider: "openai", model },
  "OpenAI's responses": { provider: "openai", model, interface: "responses" },
  "OpenAI's completions": { provider: "openai", model, interface: "completions" },
  "Anthropic's messages": { provider: "anthropic", model },
};

async function at(configuration: ModelConfiguration, options: Partial<SimulatorOptions> = {}) {
  const simulator = await startSimulator({ replies, port: 0, apiKey: key, ...options });
  onTestFinished(simulator.close);
  const environment = {
    OPENAI_BASE_URL: simulator.url,
    OPENAI_API_KEY: key,
    ANTHROPIC_BASE_URL: simulator.url,
    ANTHROPIC_API_KEY: key,
  };
  const batches = got(await batchesOf(configuration, environment, requestOf("x")));
  const lines = await Promise.all(
    texts.map(async (text, i) => ({
      name: nameOf(i),
      body: got(await captureCall(configuration, environment, requestOf(text))).body,
    })),
  );
  const submit = async (mark = "m1") =>
    got(await batches.submit(mark, lines, async () => undefined, signal));
  return { simulator, environment, batches, lines, submit };
}

const key = "sk-0123456789-secret";

async function ended(batches: BatchInterface, id: string) {
  let standing: BatchStanding | undefined;
  await expect
    .poll(async () => {
      standing = got(await batches.look(id, signal));
      return standing.kind;
    })
    .toBe("ended");
  if (standing?.kind !== "ended") throw new Error("it has not ended");
  return standing;
}

async function resultsOf(batches: BatchInterface, id: string, files: readonly string[]) {
  const found = new Map<string, LineResult>();
  let headers: ResponseHeaders = {};
  got(
    await batches.results(
      id,
      files,
      async (lines, seen) => {
        headers = seen;
        for (const line of lines) found.set(line.name, line);
      },
      signal,
    ),
  );
  return { found, headers };
}

describe.each(Object.entries(configurations))("%s in a batch", (_, configuration) => {
  test("answers as it would singly: text, tokens, probabilities, finish, model, and that it is simulated", async () => {
    const { batches, environment, submit } = await at(configuration);
    const id = await submit();
    const { how, results, counts } = await ended(batches, id);
    expect(how).toBe("completed");
    expect(counts).toEqual({ answered: 10, failed: 0 });
    const { found, headers } = await resultsOf(batches, id, results);
    expect([...found.keys()].toSorted()).toEqual(texts.map((_text, i) => nameOf(i)));
    const line = found.get(nameOf(3));
    if (line?.kind !== "reply") throw new Error("there is no reply");
    const request = requestOf(texts[3] ?? "");
    const read = got(await readRecorded(configuration, environment, request, { ...line, headers }));
    const live = got(
      await chatModel(configuration, environment).call({ ...request, timeoutMs: 5000 }, signal),
    );
    const { latencyMs: _a, headers: _b, ...inBatch } = read;
    const { latencyMs: _c, headers: _d, ...singly } = live;
    expect(inBatch).toEqual(singly);
    expect(inBatch).toMatchObject({ text: "sentiment: bad", finish: "stop", simulated: true });
  });

  test("that expires keeps what was answered, and says of the rest that it expired", async () => {
    const { batches, submit } = await at(configuration, {
      batch: { durationMs: 400, expiresAfterMs: 200 },
    });
    const id = await submit();
    expect(got(await batches.look(id, signal))).toMatchObject({ kind: "under-way" });
    const { how, results } = await ended(batches, id);
    expect(how).toBe("expired");
    const { found } = await resultsOf(batches, id, results);
    const kinds = Map.groupBy(found.values(), (line) =>
      line.kind === "reply" ? line.kind : line.reason,
    );
    expect(kinds.get("reply")?.length).toBeGreaterThan(0);
    expect(kinds.get("batch-expired")?.length).toBeGreaterThan(0);
    expect(found.size).toBe(10);
  });

  test("that is cancelled keeps what was answered, too", async () => {
    const { batches, submit } = await at(configuration, { batch: { durationMs: 1000 } });
    const id = await submit();
    got(await batches.cancel(id, signal));
    const { how, results } = await ended(batches, id);
    expect(how).toBe("cancelled");
    const { found } = await resultsOf(batches, id, results);
    expect(found.get(nameOf(9))).toMatchObject({ kind: "none", reason: "batch-cancelled" });
  });

  test("has failures that are read as those of a call are", async () => {
    const { batches, environment, submit } = await at(configuration, {
      faults: [{ fault: "context-length", share: 1 }],
    });
    const id = await submit();
    const { results } = await ended(batches, id);
    const { found, headers } = await resultsOf(batches, id, results);
    const line = found.get(nameOf(0));
    if (line?.kind !== "reply") throw new Error("there is no reply");
    const request = requestOf(texts[0] ?? "");
    expect(
      await readRecorded(configuration, environment, request, { ...line, headers }),
    ).toMatchObject({ error: { kind: "delegate", scope: "item", reason: "prompt-too-long" } });
  });

  test("is found again by who submitted it and did not hear its id", async () => {
    const { batches, submit } = await at(configuration);
    const since = Date.now();
    const sought = { mark: "m2", lines: 10, since, known: new Set<string>() };
    expect(got(await batches.find(sought, signal))).toBeUndefined();
    const other = await submit("m1");
    const id = await submit("m2");
    const marked = configuration.provider === "openai";
    expect(got(await batches.find({ ...sought, known: new Set([other]) }, signal))).toEqual({
      id,
      sure: marked,
    });
    const both = new Set([other, id]);
    expect(got(await batches.find({ ...sought, known: both }, signal))?.id).toBe(
      marked ? id : undefined,
    );
    const smaller = { ...sought, lines: 9, mark: "m3" };
    expect(got(await batches.find(smaller, signal))).toBeUndefined();
  });

  test("with a wrong key says so in the provider's words, without the key", async () => {
    const { simulator, lines } = await at(configuration);
    const wrong = "sk-wrong-9876543210";
    const environment = {
      OPENAI_BASE_URL: simulator.url,
      OPENAI_API_KEY: wrong,
      ANTHROPIC_BASE_URL: simulator.url,
      ANTHROPIC_API_KEY: wrong,
    };
    const batches = got(await batchesOf(configuration, environment, requestOf("x")));
    const result = await batches.submit("m", lines, async () => undefined, signal);
    expect(result).toMatchObject({ error: { scope: "job", reason: "bad-key" } });
    expect(JSON.stringify(result)).not.toContain(wrong);
  });

  test("leaves nothing at the provider once it is removed", async () => {
    const { batches, lines } = await at(configuration);
    const files: string[] = [];
    const id = got(await batches.submit("m", lines, async (file) => void files.push(file), signal));
    const { results } = await ended(batches, id);
    got(await batches.remove(id, [...files, ...results], signal));
    const gone = await batches.results(id, results, async () => undefined, signal);
    expect(gone).toMatchObject({ ok: false });
  });
});

test("OpenAI turns a whole batch down for a line that it does not take", async () => {
  const configuration = { provider: "openai", model: "nobody" } as const;
  const { batches, lines } = await at(configuration);
  const id = got(await batches.submit("m", lines, async () => undefined, signal));
  await expect
    .poll(async () => got(await batches.look(id, signal)))
    .toMatchObject({
      kind: "turned-down",
      crowded: false,
      message: expect.stringContaining("'nobody' is not supported"),
    });
});

/** What a server is asked that knows what Azure's resources answer. */
async function azure(configuration: ModelConfiguration) {
  const asked: { method: string | undefined; path: string; key: unknown; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const text of request.setEncoding("utf8")) body += String(text);
    const { method, url: path = "", headers } = request;
    asked.push({ method, path, key: headers["api-key"], body });
    const pending = asked.length === 1;
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify(
        path.includes("/batches")
          ? { id: "batch_1", status: "validating", metadata: null }
          : { id: "file-1", status: pending ? "pending" : "processed" },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const environment = { AZURE_API_KEY: key, AZURE_OPENAI_ENDPOINT: `http://127.0.0.1:${port}` };
  const batches = got(await batchesOf(configuration, environment, requestOf("x")));
  const { body } = got(await captureCall(configuration, environment, requestOf("x")));
  const line = { name: nameOf(0), body };
  expect(got(await batches.submit("m", [line], async () => undefined, signal))).toBe("batch_1");
  return asked;
}

test("Azure's files are waited for, and its addresses, key and deployment are Azure's", async () => {
  const [upload, look, create] = await azure({
    provider: "azure",
    model: "gpt-4o-mini",
    deployment: "labels-batch",
    apiVersion: "2024-10-21",
  });
  expect(upload).toMatchObject({
    method: "POST",
    path: "/openai/files?api-version=2024-10-21",
    key,
  });
  expect(upload?.body).toContain('"url":"/chat/completions"');
  expect(upload?.body).toContain('"model":"labels-batch"');
  expect(look).toMatchObject({
    method: "GET",
    path: "/openai/files/file-1?api-version=2024-10-21",
  });
  expect(create).toMatchObject({ method: "POST", path: "/openai/batches?api-version=2024-10-21" });
  expect(JSON.parse(create?.body ?? "")).toMatchObject({ endpoint: "/chat/completions" });
});

test("Azure's v1 API has OpenAI's paths", async () => {
  const [upload, , create] = await azure({ provider: "azure", model: "gpt-5-mini" });
  expect(upload?.path).toMatch(/^\/openai\/v1\/files/);
  expect(JSON.parse(create?.body ?? "")).toMatchObject({ endpoint: "/v1/chat/completions" });
});
