import { jobs, startWorker } from "@countersign/engine";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { agentAt, labellingProject, runJob, texts, untilAtRest } from "./labelling.ts";
import { completion, startProvider } from "./provider.ts";

const place = (text: string): number => Number(text.match(/text (\d+)/)?.[1]);

test("items without a label are told by reason, the commonest words first, with record keys and replies", async () => {
  await using engine = await freshEngine();
  const said = ["tone: furious", "tone:  Furious", "tone: furious", "tone: sad", "", "tone: good"];
  await using provider = await startProvider((call) => {
    const n = place(call.text);
    if (n === 6)
      return call.send(400, {
        error: {
          code: "content_filter",
          message: "Filtered, case 17.",
          type: "invalid_request_error",
        },
      });
    if (n === 7)
      return call.send(400, {
        error: {
          code: "content_filter",
          message: "Filtered, case 18.",
          type: "invalid_request_error",
        },
      });
    return call.send(200, completion(said[n] ?? "tone: good"));
  });
  await labellingProject(engine, "p", texts(9));
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent);
  await untilAtRest(engine, "p", id);
  const { reasons, samples } = given(await jobs.report(engine, { project: "p", job: id }));
  expect(
    reasons.map(({ reason, outcome, items, looked }) => [reason, outcome, items, looked]),
  ).toEqual([
    ["unknown-option", "invalid-reply", 4, 4],
    ["content-refused", "refused", 2, 2],
    ["empty", "invalid-reply", 1, 1],
  ]);
  const [unknown, refused] = reasons;
  expect(unknown).toMatchObject({
    says: "The answer is no option of the schema",
    next: expect.stringContaining("schema"),
    groups: [
      {
        words: "furious",
        items: 3,
        examples: [
          { record: { key: "k0", content: "text 0." }, reply: "tone: furious" },
          { record: { key: "k1" }, reply: "tone:  Furious" },
          { record: { key: "k2" }, reply: "tone: furious" },
        ],
      },
      { words: "sad", items: 1, examples: [{ record: { key: "k3" } }] },
    ],
  });
  // They differ in a figure alone.
  expect(refused?.groups).toMatchObject([{ words: expect.stringMatching(/Filtered/), items: 2 }]);
  expect(refused?.groups[0]?.examples.map(({ reply }) => reply)).toEqual([null, null]);

  expect(samples).toHaveLength(5);
  expect(samples[0]).toMatchObject({
    record: { key: "k0" },
    outcome: "invalid-reply",
    reason: "unknown-option",
    attempts: 1,
    labels: [],
    prompt: { user: expect.stringContaining("text 0.") },
    calls: [
      {
        prompt: { user: expect.stringContaining("text 0.") },
        reply: "tone: furious",
        finish: "stop",
        inputTokens: 10,
        outputTokens: 2,
        cost: null,
        model: "test-model-2025-01-01",
        simulated: false,
        refines: false,
      },
    ],
  });
  await worker.stop();
});

test("a job that has asked nothing yet shows what it will ask, and no fault", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(3));
  const agent = await agentAt(engine, "p", "http://127.0.0.1:1/v1");
  const { id } = await runJob(engine, "p", agent);
  const empty = given(await jobs.report(engine, { project: "p", job: id }));
  expect(empty).toEqual({ job: id, reasons: [], samples: [] });
  expect(await jobs.report(engine, { project: "p", job: id + 1 })).toMatchObject({
    error: { type: "job-not-found" },
  });
  expect(await jobs.report(engine, { project: "q", job: id })).toMatchObject({
    error: { type: "project-not-found" },
  });
});

test("of a reason with very many items the first thousand are grouped, and all are counted", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => call.send(200, completion("tone: odd")));
  await labellingProject(engine, "p", texts(1));
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent);
  await untilAtRest(engine, "p", id);
  await worker.stop();
  await sql`
    insert into job_items (job_id, position, record_id, outcome, reason, message, reply_keys)
    select job_id, n, record_id, outcome, reason, 'odd ' || n % 7, reply_keys
    from job_items, generate_series(1, 2999) as n where job_id = ${id}`.execute(engine.db);
  await sql`update job_counters set n = 3000 where job_id = ${id} and counter = 'reason'`.execute(
    engine.db,
  );
  const { reasons } = given(await jobs.report(engine, { project: "p", job: id }));
  expect(reasons).toMatchObject([{ reason: "unknown-option", items: 3000, looked: 1000 }]);
  expect(reasons[0]?.groups.map(({ items }) => items)).toEqual([143, 143, 143, 143, 143]);
});
