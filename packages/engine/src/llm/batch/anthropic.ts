import { err, ok, type Result } from "@countersign/core";
import { z } from "zod";
import type { CallFailure } from "../call-failure.ts";
import type { BatchInterface, BatchStanding, LineResult } from "./batch-interface.ts";
import { type Exchange, unreadable } from "./exchange.ts";
import { jsonOf } from "./json-of.ts";

/** Clocks differ by no more than this, in milliseconds. */
const skewMs = 10 * 60_000;

const Counts = z.object({
  processing: z.number(),
  succeeded: z.number(),
  errored: z.number(),
  canceled: z.number(),
  expired: z.number(),
});

const Batch = z.object({
  id: z.string(),
  processing_status: z.string(),
  created_at: z.string(),
  cancel_initiated_at: z.string().nullish(),
  request_counts: Counts,
});
type Batch = z.infer<typeof Batch>;

const List = z.object({ data: z.array(Batch), has_more: z.boolean().nullish() });

const ResultLine = z.object({
  custom_id: z.string(),
  result: z.object({
    type: z.string(),
    message: z.unknown().optional(),
    error: z.unknown().optional(),
  }),
});

const ErrorBody = z.object({ error: z.object({ type: z.string() }) });

/** The status that an error has when it answers a call; https://docs.anthropic.com/en/api/errors */
const statuses: Partial<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/** Anthropic's message batches: all requests in one call, one stream of results. */
export function anthropicBatches(exchange: Exchange): BatchInterface {
  const batch = async (
    method: "GET" | "POST",
    path: string,
    signal: AbortSignal,
    body?: string,
  ): Promise<Result<Batch, CallFailure>> => {
    const sent = body === undefined ? undefined : { type: "application/json", body };
    const answer = await exchange.call(method, path, signal, sent);
    if (!answer.ok) return answer;
    const read = Batch.safeParse(answer.value);
    return read.success ? ok(read.data) : err(unreadable("a batch"));
  };

  return {
    mostLines: 100_000,
    // Anthropic takes 256 MB; one that is built in memory is better smaller.
    mostBytes: 32 * 2 ** 20,

    async submit(_mark, lines, _uploaded, signal) {
      // The bodies are JSON as they stand.
      const requests = lines.map(({ name, body }) => `{"custom_id":"${name}","params":${body}}`);
      const body = `{"requests":[${requests.join(",")}]}`;
      const made = await batch("POST", "/messages/batches", signal, body);
      return made.ok ? ok(made.value.id) : made;
    },

    async find({ lines, since, known }, signal) {
      for (let after = ""; ; ) {
        const answer = await exchange.call("GET", `/messages/batches?limit=100${after}`, signal);
        if (!answer.ok) return answer;
        const list = List.safeParse(answer.value);
        if (!list.success) return err(unreadable("the batches there are"));
        const { data, has_more } = list.data;
        const found = data.find(
          (one) =>
            !known.has(one.id) &&
            sizeOf(one) === lines &&
            Date.parse(one.created_at) >= since - skewMs,
        );
        if (found) return ok({ id: found.id, sure: false });
        const last = data.at(-1);
        if (!last || !has_more || Date.parse(last.created_at) < since - skewMs)
          return ok(undefined);
        after = `&after_id=${encodeURIComponent(last.id)}`;
      }
    },

    async look(id, signal) {
      const answer = await batch("GET", pathOf(id), signal);
      return answer.ok ? ok(standingOf(answer.value)) : answer;
    },

    async results(id, _results, take, signal) {
      // Not the address that the batch names: what comes from outside does not decide where the key goes.
      return exchange.lines(
        `${pathOf(id)}/results`,
        (lines, headers) => take(lines.flatMap(readLine), headers),
        signal,
      );
    },

    async cancel(id, signal) {
      const answer = await batch("POST", `${pathOf(id)}/cancel`, signal, "{}");
      return answer.ok ? ok(undefined) : answer;
    },

    async remove(id, _files, signal) {
      if (id === undefined) return ok(undefined);
      const answer = await exchange.call("DELETE", pathOf(id), signal);
      return answer.ok ? ok(undefined) : answer;
    },
  };
}

const pathOf = (id: string): string => `/messages/batches/${encodeURIComponent(id)}`;

const sizeOf = ({ request_counts: counts }: Batch): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

function standingOf(batch: Batch): BatchStanding {
  const { processing_status: said, request_counts: counts, cancel_initiated_at: cancelled } = batch;
  const done = { answered: counts.succeeded, failed: counts.errored };
  if (said !== "ended") return { kind: "under-way", said, counts: done };
  const how =
    counts.canceled > 0 || typeof cancelled === "string"
      ? "cancelled"
      : counts.expired > 0
        ? "expired"
        : "completed";
  return { kind: "ended", said, how, counts: done, results: [] };
}

/** A line that cannot be read is nobody's result; the question it was for counts as not answered. */
function readLine(text: string): LineResult[] {
  const line = ResultLine.safeParse(jsonOf(text));
  if (!line.success) return [];
  const { custom_id: name, result } = line.data;
  switch (result.type) {
    case "succeeded":
      return [{ name, kind: "reply", status: 200, body: JSON.stringify(result.message) }];
    case "errored": {
      const error = ErrorBody.safeParse(result.error);
      const status = error.success ? (statuses[error.data.error.type] ?? 500) : 500;
      return [{ name, kind: "reply", status, body: JSON.stringify(result.error) }];
    }
    case "expired":
    case "canceled": {
      const expired = result.type === "expired";
      return [
        {
          name,
          kind: "none",
          reason: expired ? "batch-expired" : "batch-cancelled",
          message: expired
            ? "The batch expired before this request was sent to the model."
            : "The batch was cancelled before this request was sent to the model.",
        },
      ];
    }
    default:
      return [];
  }
}
