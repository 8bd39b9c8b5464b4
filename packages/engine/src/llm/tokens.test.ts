import { expect, test } from "vitest";
import { surelyExceeds } from "./tokens.ts";

const gpt = {
  address: "https://api.openai.com/v1",
  model: "gpt-4o",
  keyVariable: "OPENAI_API_KEY",
};
const window = (tokens: number, given = false) => ({ tokens, given });
const words = (n: number) => "word ".repeat(n);

test("a prompt that fits is let through, one that does not is told", async () => {
  expect(await surelyExceeds({ user: words(900) }, window(1000), gpt)).toBe(false);
  expect(await surelyExceeds({ user: words(1100) }, window(1000), gpt)).toBe(true);
  expect(await surelyExceeds({ system: words(550), user: words(550) }, window(1000), gpt)).toBe(
    true,
  );
  expect(await surelyExceeds({ user: words(1100) }, window(1000), { ...gpt, model: "gpt-4" })).toBe(
    true,
  );
});

test("what another provider's tokenizer would count is left to that provider", async () => {
  const local = { ...gpt, address: "http://localhost:11434/v1" };
  expect(await surelyExceeds({ user: words(1_000_000) }, window(1000), local)).toBe(false);
});

test("a window that the user gave is kept to with any model, with an allowance for its tokenizer", async () => {
  const local = { ...gpt, address: "http://localhost:11434/v1" };
  const given = window(1000, true);
  expect(await surelyExceeds({ user: words(1100) }, given, local)).toBe(false);
  expect(await surelyExceeds({ user: words(1400) }, given, local)).toBe(true);
  expect(await surelyExceeds({ user: words(1100) }, given, gpt)).toBe(true);
});

test("a text without word boundaries, or with a tokenizer's own marks, is counted as fast as any", async () => {
  const begun = performance.now();
  expect(await surelyExceeds({ user: "a".repeat(5_000_000) }, window(128_000), gpt)).toBe(true);
  expect(await surelyExceeds({ user: "漢字".repeat(500_000) }, window(128_000), gpt)).toBe(true);
  expect(await surelyExceeds({ user: "<|endoftext|>".repeat(2000) }, window(1000), gpt)).toBe(true);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
