import { api, type RouteInput } from "@countersign/contract";
import { isAtRest, type Job } from "@countersign/core";
import { CountersignError } from "./error.ts";
import { readEvents } from "./events.ts";
import type { CallOptions, Transport } from "./transport.ts";

/** The server says something at least every 15 seconds; a connection silent for longer than this is dead. */
const longestSilenceMs = 45_000;
const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** For so long after the last sign of life a connection is tried again. */
const patienceMs = 60_000;

/** Follows jobs over server-sent events. */
export const watch = (transport: Transport) =>
  /**
   * The job now and at each change, until it is paused, cancelled or done, or `signal` is aborted, which ends the
   * sequence without an error. A connection that breaks is made anew; states passed over meanwhile are not repeated.
   * @throws {CountersignError} the server's own problem, or `server-unreachable` after a minute without a connection
   */
  async function* (
    input: RouteInput<typeof api.jobs.watch>,
    { signal }: CallOptions = {},
  ): AsyncGenerator<Job, void, undefined> {
    let alive = Date.now();
    let pause = firstPauseMs;
    while (!signal?.aborted) {
      try {
        for await (const job of connect(transport, input, signal, () => {
          alive = Date.now();
        })) {
          yield job;
          if (isAtRest(job.state)) return;
          pause = firstPauseMs;
        }
      } catch (error) {
        if (signal?.aborted) return;
        if (!isPassing(error) || Date.now() - alive > patienceMs) throw error;
      }
      await sleep(pause, signal);
      pause = Math.min(pause * 2, longestPauseMs);
    }
  };

/** One connection's jobs, until it ends or breaks, or is silent for too long. */
async function* connect(
  transport: Transport,
  input: RouteInput<typeof api.jobs.watch>,
  signal: AbortSignal | undefined,
  onLife: () => void,
): AsyncGenerator<Job, void, undefined> {
  const silence = new AbortController();
  const fellSilent = () =>
    silence.abort(
      new CountersignError({
        type: "server-unreachable",
        what: "The server fell silent while a job was watched.",
      }),
    );
  let timer = setTimeout(fellSilent, longestSilenceMs);
  try {
    const response = await transport.send(api.jobs.watch, input, {
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    if (!response.body) return;
    const events = readEvents(response.body, () => {
      clearTimeout(timer);
      timer = setTimeout(fellSilent, longestSilenceMs);
      onLife();
    });
    for await (const event of events) if (event.name === "job") yield JSON.parse(event.data);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether trying again can help: no connection, or a proxy that found no server behind it. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof CountersignError)) return true;
  const { type, status } = error.problem;
  return type === "server-unreachable" || (type === "response-unreadable" && (status ?? 0) > 500);
}

/** Ends early, without an error, where the signal is aborted. */
const sleep = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
