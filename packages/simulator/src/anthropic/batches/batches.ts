import { z } from "zod";
import { Batch, type KeepLine, type RunLine } from "../../batches/batch.ts";
import { pageOf } from "../../batches/page.ts";
import { shortHash } from "../../calls.ts";
import type { BatchTimes } from "../../options.ts";
import type { WireReply } from "../../simulation/dialect.ts";
import { anthropic } from "../dialect.ts";
import { messageBatch } from "./batch-object.ts";
import { resultLine } from "./results.ts";

const mostRequests = 100_000;

const CreateRequest = z.object({
  requests: z
    .array(
      z.object({
        custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
        params: z.looseObject({}),
      }),
    )
    .min(1)
    .max(mostRequests)
    .refine(
      (requests) => new Set(requests.map((each) => each.custom_id)).size === requests.length,
      {
        message: "custom_id must be unique within a batch",
      },
    ),
});

interface Kept {
  readonly work: Batch;
  /** Of the results, as far as there are any. */
  readonly lines: readonly string[];
}

/**
 * Anthropic's message batches, in memory. Has no clock: every act is told the time, in milliseconds since 1970 that
 * never run back, and brings every batch up to it.
 */
export class AnthropicBatches {
  readonly #batches = new Map<string, Kept>();
  readonly #times: BatchTimes;
  readonly #run: RunLine;
  #created = 0;

  constructor(times: BatchTimes, run: RunLine) {
    this.#times = times;
    this.#run = run;
  }

  /** `POST /v1/messages/batches`. Whether a line's parameters are right is only seen when it has its turn. */
  create(json: unknown, origin: string, now: number): WireReply {
    const request = CreateRequest.safeParse(json);
    if (!request.success) return anthropic.invalidRequest(z.prettifyError(request.error));
    const requests = request.data.requests.map(({ custom_id, params }) => ({
      customId: custom_id,
      body: params,
    }));
    this.#created += 1;
    const id = `msgbatch_${shortHash(`${now}:${this.#created}`)}`;
    const lines: string[] = [];
    const keep: KeepLine = (customId, end) => lines.push(resultLine(customId, end));
    const work = new Batch(id, requests, this.#times, { run: this.#run, keep }, now);
    this.#batches.set(id, { work, lines });
    return described(work, origin, now);
  }

  /** `GET /v1/messages/batches/{id}` */
  get(id: string, origin: string, now: number): WireReply {
    this.advance(now);
    const batch = this.#batches.get(id);
    return batch ? described(batch.work, origin, now) : noSuchBatch(id);
  }

  /** `GET /v1/messages/batches`, the newest first. */
  list(query: URLSearchParams, origin: string, now: number): WireReply {
    this.advance(now);
    const { items, hasMore } = pageOf(this.#batches, query.get("after_id"), query.get("limit"));
    return {
      status: 200,
      body: JSON.stringify({
        data: items.map(({ work }) => messageBatch(work, origin, now)),
        first_id: items[0]?.work.id ?? null,
        last_id: items.at(-1)?.work.id ?? null,
        has_more: hasMore,
      }),
    };
  }

  /** `GET /v1/messages/batches/{id}/results` */
  results(id: string, now: number): WireReply {
    this.advance(now);
    const batch = this.#batches.get(id);
    if (!batch) return noSuchBatch(id);
    if (batch.work.phase(now) !== "ended")
      return anthropic.notFound(`Batch ${id} has no results yet: it has not ended.`);
    return { status: 200, body: batch.lines.join(""), type: "application/x-jsonl" };
  }

  /** `POST /v1/messages/batches/{id}/cancel` */
  cancel(id: string, origin: string, now: number): WireReply {
    this.advance(now);
    const batch = this.#batches.get(id);
    if (!batch) return noSuchBatch(id);
    if (batch.work.phase(now) === "ended")
      return anthropic.invalidRequest(`Batch ${id} has ended and cannot be canceled.`);
    if (batch.work.cancelledAt === undefined) batch.work.cancel(now);
    return described(batch.work, origin, now);
  }

  /** `DELETE /v1/messages/batches/{id}` */
  delete(id: string, now: number): WireReply {
    this.advance(now);
    const batch = this.#batches.get(id);
    if (!batch) return noSuchBatch(id);
    if (batch.work.phase(now) !== "ended")
      return anthropic.invalidRequest(`Batch ${id} has not ended: cancel it before deleting it.`);
    this.#batches.delete(id);
    return { status: 200, body: JSON.stringify({ id, type: "message_batch_deleted" }) };
  }

  /** Gives the lines of all batches the turns that have come by now. */
  advance(now: number): void {
    for (const { work } of this.#batches.values()) work.advance(now);
  }
}

const described = (batch: Batch, origin: string, now: number): WireReply => ({
  status: 200,
  body: JSON.stringify(messageBatch(batch, origin, now)),
});

const noSuchBatch = (id: string): WireReply =>
  anthropic.notFound(`No message batch found with id ${id}.`);
