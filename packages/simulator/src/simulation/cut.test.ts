import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer } from "../replies/reply.ts";
import { cutTo } from "./cut.ts";
import { tokensOf } from "./tokens.ts";

const answer = (reply: string, more: Partial<Answer> = {}): Answer => ({
  reply,
  finishReason: "stop",
  ...more,
});

test("an answer within its bound, or without one, stays as it is", () => {
  const short = answer("sentiment: positive");
  expect(cutTo(5, short)).toBe(short);
  expect(cutTo(undefined, short)).toBe(short);
});

test("an answer whose tokens are recorded ends after so many of them, with their probabilities", () => {
  const tokens = ["sentiment", ":", " posi", "tive"].map((token) => ({
    token,
    logprob: -0.1,
    top: [],
  }));
  expect(cutTo(3, answer("sentiment: positive", { logprobs: tokens }))).toEqual({
    reply: "sentiment: posi",
    logprobs: tokens.slice(0, 3),
    finishReason: "length",
  });
});

test("an answer whose usage is recorded keeps its share of it", () => {
  const usage = { inputTokens: 10, outputTokens: 10 };
  expect(cutTo(5, answer("0123456789", { usage }))).toMatchObject({
    reply: "01234",
    finishReason: "length",
  });
});

test("what is cut is the beginning, has no half characters, and no more tokens than it may", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 8 }), (reply, most) => {
      const cut = cutTo(most, answer(reply));
      expect(reply.startsWith(cut.reply)).toBe(true);
      expect(cut.reply.isWellFormed()).toBe(true);
      expect(tokensOf(cut.reply)).toBeLessThanOrEqual(most);
      expect(cut.finishReason).toBe(cut.reply === reply ? "stop" : "length");
    }),
  );
});
