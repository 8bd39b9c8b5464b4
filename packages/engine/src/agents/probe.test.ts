import { SchemaDocument } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { completion, startProvider } from "../../test/provider.ts";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import * as projects from "../projects/index.ts";
import * as schemas from "../schemas/index.ts";
import { create, probe } from "./index.ts";

const ann: Actor = { name: "ann", how: "local" };
const project = "probed";
const key = "sk-0123456789-secret";
const never = new AbortController().signal;

let engine: Engine;
beforeAll(async () => {
  const opened = await freshEngine();
  engine = { ...opened, environment: { ...opened.environment, PROBED_API_KEY: key } };
  given(await projects.create(engine, ann, { name: project }));
  const options = ["good", "bad"].map((value) => ({ value, text: value }));
  const document = SchemaDocument.parse({ labels: [{ name: "tone", options }] });
  given(await schemas.set(engine, ann, { project, document }));
});
afterAll(() => engine.close());

/** An agent whose model is at this address. */
const agentAt = async (baseUrl: string) =>
  given(
    await create(engine, ann, {
      project,
      model: { provider: "openai-compatible", model: "m", baseUrl, keyVariable: "PROBED_API_KEY" },
      parameters: { topLogprobs: 5 },
      prompt: {},
    }),
  ).id;

test("a model that answers is asked once, with the agent's own prompt, and nothing is stored", async () => {
  await using provider = await startProvider((call) => call.send(200, completion("tone: good")));
  const agent = await agentAt(provider.address);
  const { latencyMs, ...rest } = given(await probe(engine, { project, agent }, never));
  expect(latencyMs).toBeGreaterThan(0);
  expect(rest).toEqual({
    reply: "tone: good",
    finish: "stop",
    record: null,
    modelVersion: "test-model-2025-01-01",
    probabilities: false,
    inputTokens: 10,
    outputTokens: 2,
    cost: null,
    simulated: false,
  });
  expect(provider.calls).toHaveLength(1);
  expect(provider.calls[0]?.text).toContain("This is a text.");
  expect(await engine.db.selectFrom("replies").selectAll().execute()).toEqual([]);
});

test("a failure is in the provider's words, without the key, and says what to do", async () => {
  await using provider = await startProvider((call) =>
    call.send(401, { error: { message: `No such key: ${key}`, code: "invalid_api_key" } }),
  );
  const agent = await agentAt(provider.address);
  const result = await probe(engine, { project, agent }, never);
  expect(result).toMatchObject({
    error: {
      type: "probe-failed",
      what: "m did not answer: No such key: [key]",
      next: expect.stringContaining("PROBED_API_KEY"),
    },
  });
  expect(JSON.stringify(result)).not.toContain(key);
  expect(provider.calls).toHaveLength(1);
});

test("an agent that there is not is not asked", async () => {
  expect(await probe(engine, { project, agent: "nobody" }, never)).toMatchObject({
    error: { type: "agent-not-found" },
  });
});

test("an agent that asks for structured replies is probed with its schema, as its jobs would ask", async () => {
  await using provider = await startProvider((call) =>
    call.send(200, completion('{"tone": "good"}')),
  );
  const { id: agent } = given(
    await create(engine, ann, {
      project,
      model: {
        provider: "openai-compatible",
        model: "m",
        baseUrl: provider.address,
        keyVariable: "PROBED_API_KEY",
        capabilities: { structuredOutput: true },
      },
      parameters: { topLogprobs: 0 },
      prompt: { format: "structured" },
    }),
  );
  given(await probe(engine, { project, agent }, never));
  expect(provider.calls[0]?.body).toMatchObject({
    response_format: { type: "json_schema", json_schema: { schema: { type: "object" } } },
  });
});
