import type { ModelConfiguration } from "@countersign/core";
import { expect, test } from "vitest";
import { connectionOf, limitsName } from "./connection.ts";
import { pricingOf } from "./prices.ts";

const providers = ["openai", "anthropic", "google", "mistral"] as const;

test.each([
  ["openai", {}, "https://api.openai.com/v1"],
  ["openai", { OPENAI_BASE_URL: "http://gateway/openai/v1/" }, "http://gateway/openai/v1"],
  ["anthropic", {}, "https://api.anthropic.com/v1"],
  ["anthropic", { ANTHROPIC_BASE_URL: "http://gateway/anthropic" }, "http://gateway/anthropic/v1"],
  ["anthropic", { ANTHROPIC_BASE_URL: "http://gateway/v1/" }, "http://gateway/v1"],
  ["google", {}, "https://generativelanguage.googleapis.com/v1beta"],
  ["google", { GOOGLE_GEMINI_BASE_URL: "http://gateway" }, "http://gateway/v1beta"],
  ["mistral", {}, "https://api.mistral.ai/v1"],
] as const)("%s with %j is at %s", (provider, environment, address) => {
  expect(connectionOf({ provider, model: "m" }, environment).address).toBe(address);
});

test.each([
  [{}, "https://mine.openai.azure.com/openai/v1"],
  [{ apiVersion: "2024-10-21" }, "https://mine.openai.azure.com/openai"],
  [{ endpoint: "https://other.openai.azure.com" }, "https://other.openai.azure.com/openai/v1"],
])("azure with %j is at %s", (more, address) => {
  const environment = { AZURE_OPENAI_ENDPOINT: "https://mine.openai.azure.com/openai/v1/" };
  const model: ModelConfiguration = { provider: "azure", model: "m", ...more };
  expect(connectionOf(model, environment).address).toBe(address);
});

test("the key is looked for under the usual names, or under the one that is given", () => {
  const google = { provider: "google", model: "m" } as const;
  const variable = (model: ModelConfiguration, ...set: string[]) =>
    connectionOf(model, Object.fromEntries(set.map((name) => [name, "k"]))).keyVariable;
  expect(variable(google)).toBe("GOOGLE_GENERATIVE_AI_API_KEY");
  expect(variable(google, "GEMINI_API_KEY")).toBe("GEMINI_API_KEY");
  expect(variable({ ...google, keyVariable: "MY_API_KEY" }, "GEMINI_API_KEY")).toBe("MY_API_KEY");
});

test.each(providers)("%s without a key, or with an address that is none, lacks it", (provider) => {
  const model = { provider, model: "m" };
  expect(connectionOf(model, {}).lacks).toMatchObject({ reason: "bad-key" });
  const nowhere = connectionOf(model, {
    OPENAI_BASE_URL: "nowhere",
    ANTHROPIC_BASE_URL: "nowhere",
    GOOGLE_GEMINI_BASE_URL: "nowhere",
    MISTRAL_BASE_URL: "nowhere",
  });
  expect(nowhere.lacks).toMatchObject({
    reason: "wrong-address",
    message: expect.stringContaining("_BASE_URL"),
  });
});

test("no connection holds a key, and deployments have limits of their own", () => {
  const environment = { AZURE_API_KEY: "sk-secret", AZURE_OPENAI_ENDPOINT: "https://a.example" };
  const azure = (deployment: string) =>
    connectionOf({ provider: "azure", model: "gpt-4o", deployment }, environment);
  expect(JSON.stringify(azure("a"))).not.toContain("sk-secret");
  expect(limitsName(azure("a"))).not.toBe(limitsName(azure("b")));
});

test.each([
  ["openai", "gpt-4.1-mini"],
  ["anthropic", "claude-haiku-4-5"],
  ["google", "gemini-2.5-flash"],
  ["mistral", "mistral-small-latest"],
] as const)("what a reply of %s costs is known", (provider, model) => {
  const usage = { inputTokens: 1_000_000, cachedInputTokens: 0, outputTokens: 0 };
  const { costOf } = pricingOf(connectionOf({ provider, model }, {}));
  expect(costOf({ usage, simulated: false })).toBeGreaterThan(0);
});

test("what a deployment costs goes by its model", () => {
  const configuration = { provider: "azure", model: "gpt-4o-mini", deployment: "mine" } as const;
  const environment = { AZURE_OPENAI_ENDPOINT: "https://mine.openai.azure.com" };
  const { costOf } = pricingOf(connectionOf(configuration, environment));
  const usage = { inputTokens: 1_000_000, cachedInputTokens: 0, outputTokens: 0 };
  expect(costOf({ usage, simulated: false })).toBeCloseTo(0.15);
});
