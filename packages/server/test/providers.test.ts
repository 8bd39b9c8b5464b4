import type { ModelConfiguration } from "@countersign/core";
import type { Engine } from "@countersign/engine";
import { Countersign } from "@countersign/sdk";
import { type Simulator, startSimulator } from "@countersign/simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { serve } from "../src/index.ts";

const project = "providers";

/** The reply's tokens, as the simulator records them. */
const tokens = ["tone", ":", " positive"].map((token) => ({ token, logprob: -0.1 }));

let simulator: Simulator;
let engine: Engine;
let close: () => Promise<void>;
let client: Countersign;
beforeAll(async () => {
  simulator = await startSimulator({
    replies: [{ match: "This is a text.", reply: "tone: positive", logprobs: tokens }],
    port: 0,
  });
  const environment = {
    OPENAI_API_KEY: "sk-0123456789",
    OPENAI_BASE_URL: simulator.url,
    ANTHROPIC_API_KEY: "sk-0123456789",
    ANTHROPIC_BASE_URL: simulator.url,
  };
  engine = { ...(await freshEngine()), environment };
  const served = given(await serve({ engine, host: "127.0.0.1", port: 0, version: "1.2.3" }));
  close = served.close;
  client = new Countersign({ url: served.url });
  await client.projects.create({ name: project });
  const options = ["positive", "negative"].map((value) => ({ value, text: value }));
  await client.schemas.set({ project, labels: [{ name: "tone", options }] });
});
afterAll(async () => {
  await close();
  await engine.close();
  await simulator.close();
});

test.each([
  [{ provider: "openai", model: "simulated-small" }, true],
  [{ provider: "openai", model: "simulated-small", interface: "responses" }, true],
  [{ provider: "openai", model: "simulated-small", interface: "completions" }, true],
  [{ provider: "anthropic", model: "simulated-small" }, false],
] as const satisfies readonly (readonly [ModelConfiguration, boolean])[])(
  "%j answers a probe; with probabilities: %s",
  async (model, probabilities) => {
    const { id } = await client.agents.create({ project, model });
    const probe = await client.agents.probe({ project, agent: id });
    expect(probe).toMatchObject({
      reply: "tone: positive",
      finish: "stop",
      probabilities,
      simulated: true,
      cost: 0,
    });
  },
);
