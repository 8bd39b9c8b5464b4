import { describe, expect, test } from "vitest";
import type { SimulatorOptions } from "../src/index.ts";
import { jsonOf, model, simulator } from "./client.ts";

const replies = Array.from({ length: 10 }, (_, i) => ({
  match: `Message number ${i}.`,
  reply: `sentiment: ${["negative", "neutral", "positive"][i % 3]}`,
}));

const request = (i: number, more: object = {}) => ({
  custom_id: `record-${i}`,
  params: {
    model,
    max_tokens: 50,
    messages: [{ role: "user", content: `Message number ${i}.` }],
    ...more,
  },
});

interface Batch {
  readonly id: string;
  readonly processing_status: string;
  readonly results_url: string | null;
}

interface Result {
  readonly custom_id: string;
  readonly result: { readonly type: string };
}

const version = { "anthropic-version": "2023-06-01" };

/** A simulator, and Anthropic's message batches as a client uses them. */
async function batches(options: Partial<SimulatorOptions> = {}) {
  const running = await simulator({ replies, ...options });
  const address = `${running.url}/messages/batches`;
  const create = (requests: readonly object[]) =>
    running.postTo("/messages/batches", { requests }, version);
  const created = async (requests: readonly object[]): Promise<Batch> =>
    JSON.parse(await (await create(requests)).text());
  const get = async (id: string): Promise<Batch> =>
    JSON.parse(await (await fetch(`${address}/${id}`, { headers: version })).text());
  const ended = async (id: string): Promise<Batch> => {
    await expect
      .poll(async () => (await get(id)).processing_status, { timeout: 10_000 })
      .toBe("ended");
    return get(id);
  };
  const cancel = (id: string) => running.postTo(`/messages/batches/${id}/cancel`, {}, version);
  const results = async ({ results_url }: Batch): Promise<Result[]> => {
    const response = await fetch(results_url ?? "", { headers: version });
    return (await response.text())
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text));
  };
  return { ...running, address, create, created, get, ended, cancel, results };
}

describe("a message batch", () => {
  test("is in progress until it has ended, and only then says what came of its requests", async () => {
    const { created, ended, results, log, counts } = await batches({ batch: { durationMs: 200 } });
    const first = await created([request(0), request(1)]);
    expect(first).toEqual({
      id: expect.stringMatching(/^msgbatch_/),
      type: "message_batch",
      processing_status: "in_progress",
      request_counts: { processing: 2, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      expires_at: expect.stringMatching(/^\d{4}-.*Z$/),
      ended_at: null,
      cancel_initiated_at: null,
      archived_at: null,
      results_url: null,
    });
    const done = await ended(first.id);
    expect(done).toMatchObject({
      request_counts: { processing: 0, succeeded: 2, errored: 0, canceled: 0, expired: 0 },
      ended_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(await results(done)).toEqual([
      {
        custom_id: "record-0",
        result: {
          type: "succeeded",
          message: expect.objectContaining({
            type: "message",
            content: [{ type: "text", text: "sentiment: negative" }],
            usage: expect.objectContaining({ service_tier: "batch" }),
          }),
        },
      },
      expect.objectContaining({ custom_id: "record-1" }),
    ]);
    expect(counts()).toMatchObject({ total: 0, batched: { outcomes: { answered: 2 } } });
    expect(log.every((call) => call.via === "batch")).toBe(true);
  });

  test("can be deleted once it has ended, and then is gone, results and all", async () => {
    const { address, created, ended, cancel } = await batches({ batch: { durationMs: 2000 } });
    const { id } = await created([request(0)]);
    const remove = () => fetch(`${address}/${id}`, { method: "DELETE", headers: version });
    expect((await remove()).status).toBe(400);
    await cancel(id);
    await ended(id);
    expect(await jsonOf(await remove())).toEqual({ id, type: "message_batch_deleted" });
    expect((await fetch(`${address}/${id}/results`, { headers: version })).status).toBe(404);
    expect((await remove()).status).toBe(404);
  });

  test("gives what failed as Anthropic's errors, wrong parameters among them", async () => {
    const { created, ended, results } = await batches({
      faults: [{ fault: "503", attempts: { from: 1, to: 1 } }],
    });
    const done = await ended(
      (await created([request(0), request(1, { max_tokens: undefined })])).id,
    );
    expect(done).toMatchObject({ request_counts: { succeeded: 0, errored: 2 } });
    expect(await results(done)).toMatchObject([
      {
        custom_id: "record-0",
        result: { type: "errored", error: { type: "error", error: { type: "overloaded_error" } } },
      },
      { result: { type: "errored", error: { error: { type: "invalid_request_error" } } } },
    ]);
    const silent = await batches({ faults: [{ fault: "timeout" }] });
    const [never] = await silent.results(
      await silent.ended((await silent.created([request(0)])).id),
    );
    expect(never).toMatchObject({ result: { error: { error: { type: "timeout_error" } } } });
  });

  test("that expires or is canceled says so of every request that was not done", async () => {
    const { created, ended, results } = await batches({
      batch: { durationMs: 400, expiresAfterMs: 200 },
    });
    const expired = await ended((await created(replies.map((_, i) => request(i)))).id);
    expect(expired).toMatchObject({ request_counts: { succeeded: 5, expired: 5 } });
    expect((await results(expired)).map((each) => each.result.type)).toEqual([
      ...Array(5).fill("succeeded"),
      ...Array(5).fill("expired"),
    ]);

    const slow = await batches({ batch: { durationMs: 5000 } });
    const { id } = await slow.created([request(0)]);
    expect(await jsonOf(await slow.cancel(id))).toMatchObject({
      processing_status: "canceling",
      cancel_initiated_at: expect.any(String),
      request_counts: { processing: 1 },
    });
    expect((await slow.cancel(id)).status).toBe(200);
    const canceled = await slow.ended(id);
    expect(canceled).toMatchObject({ request_counts: { processing: 0, canceled: 1 } });
    expect(await slow.results(canceled)).toEqual([
      { custom_id: "record-0", result: { type: "canceled" } },
    ]);
    expect((await slow.cancel(id)).status).toBe(400);
  });

  test("is listed with the others, the newest first, a page at a time", async () => {
    const { created, address } = await batches();
    const older = await created([request(0)]);
    const newer = await created([request(1)]);
    const page = async (query: string) =>
      jsonOf(await fetch(`${address}?${query}`, { headers: version }));
    expect(await page("limit=1")).toMatchObject({
      data: [{ id: newer.id }],
      has_more: true,
      last_id: newer.id,
    });
    expect(await page(`limit=1&after_id=${newer.id}`)).toMatchObject({
      data: [{ id: older.id }],
      has_more: false,
    });
  });

  test("is refused for ids that are not unique or not Anthropic's kind, and for no requests", async () => {
    const { create } = await batches();
    for (const requests of [
      [request(0), request(0)],
      [{ ...request(0), custom_id: "with spaces" }],
      [],
    ]) {
      const response = await create(requests);
      expect(response.status).toBe(400);
      expect(await jsonOf(response)).toMatchObject({
        type: "error",
        error: { type: "invalid_request_error" },
      });
    }
  });

  test("that is not there, or has no results yet, is not found", async () => {
    const { created, address } = await batches({ batch: { durationMs: 2000 } });
    const { id } = await created([request(0)]);
    for (const path of ["msgbatch_0", "msgbatch_0/results", `${id}/results`]) {
      const response = await fetch(`${address}/${path}`, { headers: version });
      expect(response.status).toBe(404);
      expect(await jsonOf(response)).toMatchObject({ error: { type: "not_found_error" } });
    }
  });
});
