import { z } from "zod";
import { Batch, type KeepLine, type RunLine } from "../../batches/batch.ts";
import { pageOf } from "../../batches/page.ts";
import { shortHash } from "../../calls.ts";
import type { BatchTimes } from "../../options.ts";
import type { WireReply } from "../../simulation/dialect.ts";
import { conflict, openai } from "../dialect.ts";
import { batchObject, type OpenAiBatch, type ResultIds, statusOf } from "./batch-object.ts";
import type { Files } from "./files.ts";
import { readBatchInput } from "./input.ts";
import { ResultFiles } from "./results.ts";

const CreateRequest = z.object({
  input_file_id: z.string(),
  endpoint: z.string(),
  completion_window: z.literal("24h"),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
});

const stoppable: ReadonlySet<string> = new Set(["validating", "in_progress", "finalizing"]);

/**
 * OpenAI's batches over the files, in memory. Has no clock: every act is told the time, in milliseconds since 1970 that
 * never run back, and brings every batch up to it.
 */
export class OpenAiBatches {
  readonly #batches = new Map<string, OpenAiBatch>();
  /** Results of those that have not ended. */
  readonly #written = new Map<string, ResultFiles>();
  readonly #files: Files;
  readonly #models: readonly string[];
  readonly #times: BatchTimes;
  readonly #run: ReadonlyMap<string, RunLine>;

  /** @param run what decides about lines, by endpoint */
  constructor(
    files: Files,
    models: readonly string[],
    times: BatchTimes,
    run: ReadonlyMap<string, RunLine>,
  ) {
    this.#files = files;
    this.#models = models;
    this.#times = times;
    this.#run = run;
  }

  /** `POST /v1/batches`. What is wrong with the input file fails the batch, later; it does not refuse it. */
  create(json: unknown, now: number): WireReply {
    const request = CreateRequest.safeParse(json);
    if (!request.success) return openai.invalidRequest(z.prettifyError(request.error));
    const { input_file_id: inputFileId, endpoint, metadata = null } = request.data;
    const run = this.#run.get(endpoint);
    if (!run)
      return openai.invalidRequest(
        `Batches are for ${[...this.#run.keys()].join(", ")}.`,
        "endpoint",
      );
    const file = this.#files.get(inputFileId);
    if (file?.purpose !== "batch")
      return openai.invalidRequest(
        `No such File object with purpose batch: ${inputFileId}`,
        "input_file_id",
      );
    const { requests, errors } = readBatchInput(file.content, endpoint, this.#models);
    const id = `batch_${shortHash(`${now}:${this.#batches.size}`)}`;
    const written = new ResultFiles(id);
    const keep: KeepLine = (customId, end) => written.add(customId, end);
    const work = new Batch(id, requests, this.#times, { run, keep }, now);
    const batch = { work, endpoint, inputFileId, metadata, errors, results: undefined };
    this.#batches.set(id, batch);
    this.#written.set(id, written);
    return described(batch, now);
  }

  /** `GET /v1/batches/{id}` */
  get(id: string, now: number): WireReply {
    this.advance(now);
    const batch = this.#batches.get(id);
    return batch ? described(batch, now) : noSuchBatch(id);
  }

  /** `GET /v1/batches`, the newest first. */
  list(query: URLSearchParams, now: number): WireReply {
    this.advance(now);
    const { items, hasMore } = pageOf(this.#batches, query.get("after"), query.get("limit"));
    return {
      status: 200,
      body: JSON.stringify({
        object: "list",
        data: items.map((batch) => batchObject(batch, now)),
        first_id: items[0]?.work.id ?? null,
        last_id: items.at(-1)?.work.id ?? null,
        has_more: hasMore,
      }),
    };
  }

  /** `POST /v1/batches/{id}/cancel`. What was cancelled before stays so; what has ended otherwise cannot be. */
  cancel(id: string, now: number): WireReply {
    this.advance(now);
    const batch = this.#batches.get(id);
    if (!batch) return noSuchBatch(id);
    const status = statusOf(batch, now);
    if (stoppable.has(status)) batch.work.cancel(now);
    else if (batch.work.cancelledAt === undefined)
      return conflict(`Cannot cancel a batch with status '${status}'.`);
    return described(batch, now);
  }

  /** Gives the lines of all batches the turns that have come by now, and keeps the files of those that have ended. */
  advance(now: number): void {
    for (const [id, written] of this.#written) {
      const batch = this.#batches.get(id);
      batch?.work.advance(now);
      if (batch?.work.phase(now) !== "ended") continue;
      const results = this.#store(batch.work, written);
      this.#batches.set(id, { ...batch, results });
      this.#written.delete(id);
    }
  }

  #store({ id, endsAt }: Batch, { contents }: ResultFiles): ResultIds {
    const idOf = (name: string, content: string) =>
      content === ""
        ? null
        : this.#files.add(
            { filename: `${id}_${name}.jsonl`, purpose: "batch_output", content },
            endsAt,
          ).id;
    return { output: idOf("output", contents.output), errors: idOf("error", contents.errors) };
  }
}

const described = (batch: OpenAiBatch, now: number): WireReply => ({
  status: 200,
  body: JSON.stringify(batchObject(batch, now)),
});

const noSuchBatch = (id: string): WireReply => openai.notFound(`No batch found with id '${id}'.`);
