import { describe, expect, test } from "vitest";
import { itemOf } from "../src/index.ts";
import { failureOf, jsonOf, model } from "./client.ts";
import { type Batch, batches, chat, line, replies } from "./openai-batch-client.ts";

describe("a batch", () => {
  test("goes from validating to completed, and gives each line's answer under its id", async () => {
    const { create, ended, results, log, counts } = await batches({ batch: { durationMs: 200 } });
    const created = await create([0, 1, 2].map((i) => line(i)));
    expect(created).toEqual({
      id: expect.stringMatching(/^batch_/),
      object: "batch",
      endpoint: "/v1/chat/completions",
      errors: null,
      input_file_id: expect.stringMatching(/^file-/),
      completion_window: "24h",
      status: "validating",
      output_file_id: null,
      error_file_id: null,
      created_at: expect.any(Number),
      in_progress_at: null,
      expires_at: expect.any(Number),
      finalizing_at: null,
      completed_at: null,
      failed_at: null,
      expired_at: null,
      cancelling_at: null,
      cancelled_at: null,
      request_counts: { total: 0, completed: 0, failed: 0 },
      metadata: { job: "7" },
    });

    const done = await ended(created.id);
    expect(done).toMatchObject({
      status: "completed",
      request_counts: { total: 3, completed: 3, failed: 0 },
      in_progress_at: expect.any(Number),
      finalizing_at: expect.any(Number),
      completed_at: expect.any(Number),
      error_file_id: null,
    });
    const lines = await results(done.output_file_id);
    expect(lines.map((each) => each.custom_id)).toEqual(["record-0", "record-1", "record-2"]);
    expect(lines[1]).toEqual({
      id: expect.stringMatching(/^batch_req_/),
      custom_id: "record-1",
      response: {
        status_code: 200,
        request_id: expect.any(String),
        body: expect.objectContaining({
          object: "chat.completion",
          choices: [expect.objectContaining({ finish_reason: "stop" })],
          usage: expect.objectContaining({ completion_tokens: 5 }),
        }),
      },
      error: null,
    });
    expect(counts()).toMatchObject({
      total: 0,
      outcomes: {},
      batched: { total: 3, outcomes: { answered: 3 } },
      prompts: 3,
    });
    expect(log.map(({ item, via, status }) => ({ item, via, status }))).toEqual(
      [0, 1, 2].map((i) => ({ item: itemOf(replies[i]?.match ?? ""), via: "batch", status: 200 })),
    );
  });

  test("shows its progress while it goes on, and goes on when nobody looks", async () => {
    const { create, get, log } = await batches({ batch: { durationMs: 60_000 } });
    const { id } = await create([line(0)]);
    expect(await get(id)).toMatchObject({ status: "validating", request_counts: { total: 0 } });
    const quick = await batches({ batch: { durationMs: 50 } });
    await quick.create([line(0)]);
    await expect.poll(() => quick.log.length, { timeout: 10_000 }).toBe(1);
    expect(log).toEqual([]);
  });

  test("speaks the other endpoints too, each line in its form", async () => {
    const { create, ended, results } = await batches();
    const asked = { model, input: "Message number 2.", max_output_tokens: 16 };
    const { id } = await create([{ ...line(2, asked), url: "/v1/responses" }], "/v1/responses");
    const [result] = await results((await ended(id)).output_file_id);
    expect(result?.response?.body).toMatchObject({
      object: "response",
      output: [{ content: [{ text: "sentiment: positive" }] }],
    });
  });

  test("puts what was not answered with 200 into its error file, with status and body", async () => {
    const { create, ended, results, counts } = await batches({
      faults: [{ fault: "500", attempts: { from: 1, to: 1 }, share: 0.5 }],
      seed: 3,
    });
    const { id } = await create([
      ...[0, 1, 2, 3, 4, 5].map((i) => line(i)),
      line(6, { ...chat(6), messages: [] }),
      line(7, { ...chat(7), messages: [{ role: "user", content: "New" }] }),
    ]);
    const done = await ended(id);
    const answered = await results(done.output_file_id);
    const failed = await results(done.error_file_id);
    expect(answered.length + failed.length).toBe(8);
    expect(done).toMatchObject({
      status: "completed",
      request_counts: { total: 8, completed: answered.length, failed: failed.length },
    });
    const statuses = failed.map((each) => each.response?.status_code);
    expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(0);
    expect(failed.find((each) => each.custom_id === "record-7")).toMatchObject({
      response: { status_code: 400, body: { error: { code: "no_reply_recorded" } } },
      error: null,
    });
    expect(failed.find((each) => each.custom_id === "record-6")).toMatchObject({
      response: { status_code: 400, body: { error: { type: "invalid_request_error" } } },
    });
    expect(counts().batched.outcomes).toMatchObject({ invalid: 2 });
  });

  test("has no connection that could break, but calls that are never answered", async () => {
    const broken = await batches({ faults: [{ fault: "reset" }, { fault: "malformed" }] });
    const whole = await broken.ended((await broken.create([line(0)])).id);
    expect(whole).toMatchObject({ request_counts: { completed: 1 }, error_file_id: null });

    const silent = await batches({ faults: [{ fault: "timeout" }] });
    const done = await silent.ended((await silent.create([line(0)])).id);
    expect(done).toMatchObject({ status: "completed", output_file_id: null });
    expect(await silent.results(done.error_file_id)).toMatchObject([
      { custom_id: "record-0", response: null, error: { code: "request_timeout" } },
    ]);
    expect(silent.log).toMatchObject([{ outcome: "timeout", status: null, via: "batch" }]);
  });

  test("counts as an attempt at its prompts, which may then be asked singly", async () => {
    const { create, ended, said, log } = await batches({
      faults: [{ fault: "429", attempts: { from: 1, to: 1 } }],
    });
    await ended((await create([line(1)])).id);
    expect(await said("Message number 1.")).toBe("sentiment: neutral");
    expect(log.map(({ via, attempt, outcome }) => ({ via, attempt, outcome }))).toEqual([
      { via: "batch", attempt: 1, outcome: "429" },
      { via: "request", attempt: 2, outcome: "answered" },
    ]);
    expect(new Set(log.map((call) => call.prompt)).size).toBe(1);
  });

  test("takes nothing from the account's rate limits", async () => {
    const { create, ended, ask } = await batches({ limits: { requestsPerMinute: 1 } });
    const done = await ended((await create([0, 1, 2].map((i) => line(i)))).id);
    expect(done).toMatchObject({ request_counts: { completed: 3 } });
    expect((await ask("Message number 0.")).status).toBe(200);
  });

  test("fails as a whole where its input file is wrong, and does nothing", async () => {
    const { create, ended, counts } = await batches();
    const done = await ended((await create([line(0), "{", line(0)])).id);
    expect(done).toMatchObject({
      status: "failed",
      errors: {
        object: "list",
        data: [
          { code: "invalid_json_line", line: 2, param: null },
          { code: "duplicate_custom_id", line: 3, param: "custom_id" },
        ],
      },
      failed_at: expect.any(Number),
      request_counts: { total: 0, completed: 0, failed: 0 },
      output_file_id: null,
      error_file_id: null,
    });
    expect(counts().batched.total).toBe(0);
  });

  test("that expires gives what was done, and names what was not", async () => {
    const { create, ended, results } = await batches({
      batch: { durationMs: 400, expiresAfterMs: 200 },
    });
    const done = await ended((await create(replies.map((_, i) => line(i)))).id);
    expect(done).toMatchObject({
      status: "expired",
      expired_at: expect.any(Number),
      request_counts: { total: 10, completed: 5, failed: 0 },
    });
    expect(await results(done.output_file_id)).toHaveLength(5);
    const undone = await results(done.error_file_id);
    expect(undone).toHaveLength(5);
    expect(undone[0]).toMatchObject({
      custom_id: "record-5",
      response: null,
      error: { code: "batch_expired" },
    });
  });

  test("that is cancelled stops, and may be cancelled again; one that is complete may not", async () => {
    const { create, ended, cancel, results, counts } = await batches({
      batch: { durationMs: 5000 },
    });
    const { id } = await create([0, 1].map((i) => line(i)));
    expect(await jsonOf(await cancel(id))).toMatchObject({
      status: "cancelling",
      cancelling_at: expect.any(Number),
      cancelled_at: null,
    });
    const done = await ended(id);
    expect(done).toMatchObject({
      status: "cancelled",
      cancelled_at: expect.any(Number),
      request_counts: { total: 2, completed: 0, failed: 0 },
      output_file_id: null,
    });
    expect(await results(done.error_file_id)).toMatchObject([
      { custom_id: "record-0", error: { code: "batch_cancelled" } },
      { custom_id: "record-1", error: { code: "batch_cancelled" } },
    ]);
    expect((await cancel(id)).status).toBe(200);
    expect(counts().batched.total).toBe(0);

    const quick = await batches();
    const completed = await quick.ended((await quick.create([line(0)])).id);
    const refused = await quick.cancel(completed.id);
    expect(refused.status).toBe(409);
    expect((await failureOf(refused)).message).toContain("completed");
  });

  test("is listed with the others, the newest first, a page at a time", async () => {
    const { create, url } = await batches();
    const ids: string[] = [];
    for (const i of [0, 1, 2]) ids.unshift((await create([line(i)])).id);
    const page = async (query: string) =>
      (await jsonOf(await fetch(`${url}/batches?${query}`))) as {
        data: Batch[];
        has_more: boolean;
        last_id: string;
      };
    const first = await page("limit=2");
    expect(first.data.map((each) => each.id)).toEqual(ids.slice(0, 2));
    expect(first).toMatchObject({ object: "list", has_more: true, last_id: ids[1] });
    const second = await page(`limit=2&after=${first.last_id}`);
    expect(second.data.map((each) => each.id)).toEqual(ids.slice(2));
    expect(second.has_more).toBe(false);
  });

  test.each([
    ["a file that is not there", { input_file_id: "file-0" }],
    ["an endpoint without a model", { endpoint: "/v1/embeddings" }],
    ["another window", { completion_window: "1h" }],
  ])("is refused for %s", async (_what, wrong) => {
    const { postTo } = await batches();
    const response = await postTo("/batches", {
      input_file_id: "file-0",
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      ...wrong,
    });
    expect(response.status).toBe(400);
    expect(await failureOf(response)).toMatchObject({ type: "invalid_request_error" });
  });

  test("is told to nobody without the key, where one is set", async () => {
    const { url, upload } = await batches({ apiKey: "right" });
    expect((await upload("{}\n")).status).toBe(401);
    expect((await fetch(`${url}/batches`)).status).toBe(401);
    const headers = { authorization: "Bearer right" };
    expect((await fetch(`${url}/batches`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/batches/batch_0`, { headers })).status).toBe(404);
  });
});
