import { expect, test } from "vitest";
import type { KeptReply } from "./finished-item.ts";
import { Spending } from "./spending.ts";

const reply: KeptReply = {
  key: Buffer.alloc(32),
  text: "tone: good",
  finish: "stop",
  usage: { inputTokens: 90, cachedInputTokens: null, outputTokens: 10 },
  cost: 0.25,
  modelVersion: null,
  latencyMs: 5,
  logprobs: undefined,
  simulated: false,
};
const nothing = { usd: 0, tokens: 0, records: 0 };

test("each reply counts as soon as it is paid, dollars and tokens", () => {
  const spending = new Spending({ usd: 0.5 }, nothing);
  spending.paid(reply);
  expect(spending.usedUp).toBeUndefined();
  spending.paid(reply);
  expect(spending.usedUp).toBe("usd");
});

test("what was spent before counts", () => {
  expect(new Spending({ tokens: 100 }, { ...nothing, tokens: 100 }).usedUp).toBe("tokens");
});

test("what others spent counts, what is stored of one's own only once", () => {
  const spending = new Spending({ tokens: 300, records: 10 }, nothing);
  spending.paid(reply);
  spending.finished();
  spending.stored([reply], 1);
  spending.told({ usd: 0.25, tokens: 100, records: 1 });
  spending.paid(reply);
  expect(spending.usedUp).toBeUndefined();
  spending.told({ usd: 0.5, tokens: 200, records: 2 });
  expect(spending.usedUp).toBe("tokens");
});
