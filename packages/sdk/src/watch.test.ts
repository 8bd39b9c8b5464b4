import { expect, test } from "vitest";
import { Countersign } from "./countersign.ts";

type Answer = (request: Request) => Response;

/** A client whose server gives one answer a connection, and the number of connections made. */
function watching(...answers: Answer[]) {
  const calls = { n: 0 };
  const client = new Countersign({
    url: "http://localhost:1",
    fetch: async (request) => {
      const answer = answers[calls.n];
      calls.n += 1;
      if (!answer) throw new TypeError("fetch failed");
      return answer(request);
    },
  });
  return { calls, watch: client.jobs.watch };
}

/** A connection that sends these states, then ends. */
const states =
  (...names: string[]): Answer =>
  () =>
    new Response(
      names.map((state) => `event: job\ndata: ${JSON.stringify({ state })}\n\n`).join(""),
    );

async function seen(jobs: AsyncIterable<{ state: string }>): Promise<string[]> {
  const list: string[] = [];
  for await (const { state } of jobs) list.push(state);
  return list;
}

test("watching ends when the job is at rest, whatever the server sends after", async () => {
  const { watch, calls } = watching(states("running", "done", "running"));
  expect(await seen(watch({ project: "a", job: 1 }))).toEqual(["running", "done"]);
  expect(calls.n).toBe(1);
});

test("a connection that ends early is made anew", async () => {
  const { watch } = watching(
    states("preparing", "running"),
    () => {
      throw new TypeError("fetch failed");
    },
    states("running", "paused"),
  );
  expect(await seen(watch({ project: "a", job: 1 }))).toEqual([
    "preparing",
    "running",
    "running",
    "paused",
  ]);
});

test("the server's own problem ends the watching", async () => {
  const { watch, calls } = watching(() => new Response("no", { status: 404 }));
  await expect(seen(watch({ project: "a", job: 1 }))).rejects.toMatchObject({
    problem: { type: "response-unreadable", status: 404 },
  });
  expect(calls.n).toBe(1);
});

/** A connection that stays open after one event; tells when it is closed. */
function lasting() {
  const connection = { closed: false };
  const answer: Answer = ({ signal }) =>
    new Response(
      new ReadableStream({
        start(controller) {
          const event = 'event: job\ndata: {"state":"running"}\n\n';
          controller.enqueue(new TextEncoder().encode(event));
          signal.addEventListener("abort", () => controller.error(signal.reason));
        },
        cancel() {
          connection.closed = true;
        },
      }),
    );
  return { connection, answer };
}

test("leaving the loop closes the connection", async () => {
  const { connection, answer } = lasting();
  for await (const _ of watching(answer).watch({ project: "a", job: 1 })) break;
  expect(connection.closed).toBe(true);
});

test("aborting ends the sequence without an error", async () => {
  const { watch, calls } = watching(lasting().answer);
  const stop = new AbortController();
  let jobs = 0;
  for await (const _ of watch({ project: "a", job: 1 }, { signal: stop.signal })) {
    jobs += 1;
    stop.abort();
  }
  expect([jobs, calls.n]).toEqual([1, 1]);
});
