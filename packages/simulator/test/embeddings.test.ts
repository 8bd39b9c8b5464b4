import { describe, expect, test } from "vitest";
import { failureOf, jsonOf, simulator } from "./client.ts";

interface Embeddings {
  readonly data: readonly { readonly index: number; readonly embedding: readonly number[] }[];
  readonly usage: { readonly prompt_tokens: number; readonly total_tokens: number };
}

const replies = [{ match: "Fine", reply: "positive" }];
const model = "text-embedding-3-small";

const dot = (one: readonly number[] = [], other: readonly number[] = []): number =>
  one.reduce((sum, n, at) => sum + n * (other[at] ?? 0), 0);

describe("/v1/embeddings", () => {
  test("gives vectors of length 1, the nearer the more alike the texts are, always the same", async () => {
    const { postTo, log } = await simulator({ replies });
    const input = [
      "the bag was lost",
      "the bags were lost",
      "what a lovely crew",
      "the bag was lost",
    ];
    const answer = (await jsonOf(await postTo("/embeddings", { model, input }))) as Embeddings;
    expect(answer.data.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    const [bag, bags, crew, again] = answer.data.map(({ embedding }) => embedding);
    expect(bag).toHaveLength(256);
    expect(dot(bag, bag)).toBeCloseTo(1);
    expect(again).toEqual(bag);
    expect(dot(bag, bags)).toBeGreaterThan(0.5);
    expect(dot(bag, crew)).toBeLessThan(0.3);
    expect(answer.usage).toEqual({ prompt_tokens: 18, total_tokens: 18 });
    expect(log).toMatchObject([{ outcome: "answered", inputTokens: 18, outputTokens: 0 }]);
  });

  test("gives as many numbers as are asked for, in base64 too, as OpenAI's own clients want them", async () => {
    const { postTo } = await simulator({ replies });
    const asked = { model, input: "short", dimensions: 8 };
    const plain = (await jsonOf(await postTo("/embeddings", asked))) as Embeddings;
    const coded = await jsonOf(
      await postTo("/embeddings", { ...asked, encoding_format: "base64" }),
    );
    const [{ embedding } = { embedding: [] }] = plain.data;
    expect(embedding).toHaveLength(8);
    expect(coded).toMatchObject({
      data: [{ embedding: Buffer.from(Float32Array.from(embedding).buffer).toString("base64") }],
    });
  });

  test("keeps limits, wants the key and injects faults like any other endpoint", async () => {
    const { postTo } = await simulator({
      replies,
      apiKey: "secret",
      limits: { requestsPerMinute: 2 },
      faults: [{ fault: "500", attempts: { from: 1, to: 1 } }],
    });
    const authorization = { authorization: "Bearer secret" };
    const ask = (headers: Record<string, string> = authorization) =>
      postTo("/embeddings", { model, input: "one" }, headers);
    expect((await ask({})).status).toBe(401);
    expect((await ask()).status).toBe(500);
    const good = await ask();
    expect(good.status).toBe(200);
    expect(good.headers.get("x-ratelimit-remaining-requests")).toBe("0");
    expect(good.headers.get("x-countersign-simulated")).toBe("true");
    expect((await ask()).status).toBe(429);
  });

  test.each([
    ["an empty text", { input: ["one", ""] }],
    ["no text", { input: [] }],
    ["tokens", { input: [1, 2] }],
    ["no numbers", { input: "one", dimensions: 0 }],
  ])("refuses %s", async (_what, wrong) => {
    const { postTo } = await simulator({ replies });
    const response = await postTo("/embeddings", { model, ...wrong });
    expect(response.status).toBe(400);
    expect(await failureOf(response)).toMatchObject({ type: "invalid_request_error" });
  });
});
