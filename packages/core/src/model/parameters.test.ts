import { expect, test } from "vitest";
import { ModelParameters } from "../agent/agent.ts";
import { ModelConfiguration } from "./configuration.ts";
import { capabilitiesOf } from "./known.ts";
import { acceptedParameters, checkParameters } from "./parameters.ts";

const parameters = (asked: object) => ModelParameters.parse(asked);
const notesFor = (configuration: ModelConfiguration, asked: object = {}) =>
  checkParameters(configuration, parameters(asked));

test("a model of which all is known, asked for what it takes, needs no note", () => {
  const asked = { temperature: 0, seed: 1, topLogprobs: 20, maxOutputTokens: 100 };
  expect(notesFor({ provider: "openai", model: "gpt-4.1-mini" }, asked)).toEqual({
    ok: true,
    value: [],
  });
  expect(notesFor({ provider: "azure", model: "gpt-4o", deployment: "mine" }, asked)).toEqual({
    ok: true,
    value: [],
  });
});

test("what a model does not take is not sent, and told", () => {
  const o4: ModelConfiguration = { provider: "openai", model: "o4-mini" };
  const asked = { temperature: 0, topP: 0.9, maxOutputTokens: 100 };
  expect(acceptedParameters(parameters(asked), capabilitiesOf(o4))).toEqual({
    maxOutputTokens: 100,
    topLogprobs: 0,
  });
  expect(notesFor(o4, asked)).toMatchObject({
    value: expect.arrayContaining([
      "o4-mini takes no temperature, so none is sent.",
      "o4-mini takes no top p, so none is sent.",
      expect.stringContaining("no confidence"),
    ]),
  });
  const claude: ModelConfiguration = { provider: "anthropic", model: "claude-haiku-4-5" };
  expect(notesFor(claude, { seed: 1, topLogprobs: 0 })).toEqual({
    ok: true,
    value: ["claude-haiku-4-5 takes no seed, so none is sent."],
  });
});

test("an unknown model is sent what is asked for, and its unknowns are told", () => {
  const local: ModelConfiguration = {
    provider: "openai-compatible",
    model: "gpt-4o",
    baseUrl: "http://localhost:11434/v1",
  };
  const asked = parameters({ temperature: 1.9, topP: 0.9, seed: 1, topLogprobs: 20 });
  expect(capabilitiesOf(local)).toEqual({});
  expect(acceptedParameters(asked, {})).toEqual(asked);
  expect(notesFor(local)).toMatchObject({
    value: [expect.stringMatching(/^Not known of gpt-4o: .*whether it gives probabilities/)],
  });
  expect(notesFor({ provider: "anthropic", model: "next-year" })).toMatchObject({
    ok: true,
    value: [expect.any(String), expect.stringContaining("how long a reply may be")],
  });
});

test.each([
  [{ provider: "anthropic", model: "claude-haiku-4-5" }, { temperature: 1.5 }, "temperature"],
  [{ provider: "openai", model: "gpt-4o" }, { maxOutputTokens: 20_000 }, "output tokens"],
  [
    { provider: "openai", model: "gpt-3.5-turbo-instruct", interface: "completions" },
    { topLogprobs: 6 },
    "alternatives a token",
  ],
] as const)(
  "%j is refused %j, and taken at its word if the user knows better",
  (model, asked, word) => {
    expect(notesFor(model, asked)).toMatchObject({
      error: { type: "agent-invalid", what: expect.stringContaining(word) },
    });
    const capabilities = { temperature: 2, outputTokens: 50_000, logprobs: 20 };
    expect(notesFor({ ...model, capabilities }, asked)).toMatchObject({ ok: true });
  },
);

test("the user's word stands above the table's and the interface's", () => {
  const model = { provider: "openai", model: "gpt-4o", interface: "responses" } as const;
  expect(capabilitiesOf(model).seed).toBe(false);
  const capabilities = { seed: true, logprobs: false } as const;
  expect(capabilitiesOf({ ...model, capabilities })).toMatchObject(capabilities);
});

test.each([
  ["openai", "gpt-5-mini", { reasoning: true, temperature: false, logprobs: false }],
  ["openai", "gpt-5-chat-latest", { reasoning: false, temperature: 2 }],
  ["openai", "gpt-6-sol", { reasoning: true, temperature: false }],
  ["openai", "o3-mini", { reasoning: true, images: false }],
  ["openai", "gpt-4o-search-preview", { temperature: false }],
  ["anthropic", "claude-opus-4-7", { temperature: false, outputTokens: 128_000 }],
  ["anthropic", "claude-sonnet-4-20250514", { temperature: 1, structuredOutput: false }],
  ["anthropic", "claude-sonnet-4-5-20250929", { temperature: 1, structuredOutput: true }],
  ["anthropic", "claude-sonnet-5-5", { temperature: false, structuredOutput: true }],
  ["google", "gemini-2.5-flash", { temperature: 2, logprobs: false, outputTokens: 65_536 }],
  ["mistral", "mistral-small-latest", { temperature: 1.5, logprobs: false }],
] as const)("%s %s is known: %j", (provider, model, expected) => {
  expect(capabilitiesOf({ provider, model })).toMatchObject(expected);
});

test("a configuration holds no key and no field that it does not know", () => {
  const valid = (configuration: object) => ModelConfiguration.safeParse(configuration).success;
  expect(valid({ provider: "mistral", model: "m" })).toBe(true);
  expect(valid({ provider: "mistral", model: "m", apiKey: "sk" })).toBe(false);
  expect(valid({ provider: "mistral", model: "m", keyVariable: "PATH" })).toBe(false);
  expect(valid({ provider: "azure", model: "m", deployment: "../other" })).toBe(false);
  expect(valid({ provider: "azure", model: "m", endpoint: "file:///etc" })).toBe(false);
});
