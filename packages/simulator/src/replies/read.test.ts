import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readReplies, UnusableReplies } from "./read.ts";

describe("reading a replies file", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "replies-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const all = async (path: string) => {
    const replies = [];
    for await (const reply of readReplies(path)) replies.push(reply);
    return replies;
  };
  const read = async (content: string) => {
    const path = join(folder, "replies.jsonl");
    await writeFile(path, content);
    return all(path);
  };

  test("takes a line a reply, passes over blank ones, and fills in what is left out", async () => {
    const line = JSON.stringify({ match: "Thanks!", reply: "sentiment: positive" });
    expect(await read(`${line}\n\n${line}\r\n`)).toEqual(
      Array(2).fill({
        match: "Thanks!",
        reply: "sentiment: positive",
        model: "simulated-small",
        finishReason: "stop",
      }),
    );
  });

  test("keeps line separators that JSON allows inside a text", async () => {
    const line = JSON.stringify({ match: "one\u2028two\u2029three\r", reply: "a" });
    expect((await read(line)).map((reply) => reply.match)).toEqual(["one\u2028two\u2029three\r"]);
  });

  test("reads characters whole that fall on the border of two chunks", async () => {
    const texts = Array.from({ length: 9000 }, (_, i) => `${"🚚".repeat(i % 7)}語${i}`);
    const lines = texts.map((match) => JSON.stringify({ match, reply: "a" }));
    expect((await read(lines.join("\n"))).map((reply) => reply.match)).toEqual(texts);
  });

  test.each([
    ["is not JSON", "{", /line 2: is not JSON/],
    ["has no answer", '{"match": "x"}', /line 2: .*reply/s],
    ["matches nothing", '{"match": "  ", "reply": "a"}', /line 2: .*is empty/s],
    ["misspells a field", '{"match": "x", "reply": "a", "logprob": []}', /line 2: .*logprob/s],
    [
      "names a real model",
      '{"match": "x", "reply": "a", "model": "gpt-4o"}',
      /line 2: .*simulated-/s,
    ],
    [
      "has a probability above 1",
      '{"match":"x","reply":"a","logprobs":[{"token":"a","logprob":0.1}]}',
      /line 2/,
    ],
  ])("names the line that %s", async (_what, line, message) => {
    const refusal = read(`{"match": "fine", "reply": "a"}\n${line}\n`);
    await expect(refusal).rejects.toThrow(UnusableReplies);
    await expect(refusal).rejects.toThrow(message);
  });

  test("says when there is no such file", async () => {
    await expect(all(join(folder, "none.jsonl"))).rejects.toThrow(/none\.jsonl cannot be read/);
  });
});
