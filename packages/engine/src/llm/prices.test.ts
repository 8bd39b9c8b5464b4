import { expect, test } from "vitest";
import { pricingOf } from "./prices.ts";

const openai = { address: "https://api.openai.com/v1", keyVariable: "OPENAI_API_KEY" };
const gpt = { ...openai, model: "gpt-4o-mini-2024-07-18" };
const usage = { inputTokens: 1_000_000, cachedInputTokens: 0, outputTokens: 1_000_000 };
const reply = { usage, simulated: false };

test("a reply costs what the price list says, cached input less", () => {
  expect(pricingOf(gpt).costOf(reply)).toBeCloseTo(0.15 + 0.6);
  const cached = { ...usage, cachedInputTokens: 1_000_000 };
  expect(pricingOf(gpt).costOf({ ...reply, usage: cached })).toBeCloseTo(0.075 + 0.6);
});

test("what has no known price has no cost, and that is not nothing", () => {
  expect(pricingOf({ ...openai, model: "my-own-model" }).costOf(reply)).toBeNull();
  expect(pricingOf({ ...gpt, address: "http://localhost:11434/v1" }).costOf(reply)).toBeNull();
});

test("a simulated reply cost nothing, whatever model it plays", () => {
  expect(pricingOf(gpt).costOf({ ...reply, simulated: true })).toBe(0);
});

test("a provider that says no number of tokens, or an impossible one, breaks nothing", () => {
  const silent = { inputTokens: null, cachedInputTokens: 5, outputTokens: null };
  expect(pricingOf(gpt).costOf({ usage: silent, simulated: false })).toBe(0);
});

test("a model's window is known where its provider is", () => {
  expect(pricingOf(gpt).contextWindow).toBe(128_000);
  expect(pricingOf({ ...gpt, address: "http://localhost/v1" }).contextWindow).toBeUndefined();
});
