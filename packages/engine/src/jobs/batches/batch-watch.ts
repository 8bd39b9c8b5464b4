import type { JobState, Reason } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../../engine.ts";
import {
  type BatchEnding,
  type BatchInterface,
  type BatchStanding,
  batchesOf,
} from "../../llm/batch/index.ts";
import type { CallFailure } from "../../llm/call-failure.ts";
import { notifyChange, notifyProgress } from "../notices.ts";
import type { Assignment } from "../worker/assignment.ts";
import { pauseJob } from "../worker/transitions.ts";
import { alikeOf } from "./alike.ts";
import { pauseForBatch, pauseForFailure } from "./batch-pause.ts";
import { failOpenLines } from "./lines.ts";
import { storeResults } from "./results.ts";
import {
  giveUpBatch,
  leaveBatches,
  noteProgress,
  type OpenBatch,
  submitted,
  takeBatches,
} from "./rows.ts";

/** Bounds of the time between two looks at a batch, in milliseconds, and the share of its age in between. */
const soonest = 1000;
const latest = 60_000;
const shareOfAge = 0.1;

/** A batch that was perhaps submitted is looked for so often, and so many milliseconds apart, before it counts as lost. */
const searches = 2;
const searchEvery = 3000;

/** A batch that the provider does not know is looked for so often before it counts as gone. */
const patience = 5;

/** What is known here of a batch beside its row. */
interface Care {
  /** When it is looked at next, in Unix milliseconds. */
  due: number;
  failures: number;
  searches: number;
  isCancelling: boolean;
}

/**
 * Looks after a job's batches from the moment they are written down: finds those that were perhaps submitted, asks how
 * they stand, stores what came of them, ends them where the job was cancelled. It goes on while the job is paused or
 * cancelled, for what a batch has answered is paid for.
 */
export class BatchWatch {
  readonly #engine: Engine;
  readonly #worker: number;
  readonly #assignment: Assignment;
  /** Batches that this process is just submitting. */
  readonly #beingSubmitted: ReadonlySet<number>;
  readonly #leaving = new AbortController();
  readonly #care = new Map<number, Care>();
  #wake = () => {};
  #isWoken = false;
  /** What comes of its batches is then nobody's, and only to be removed at the provider. */
  #isDeleted = false;
  /** Settles when nothing is left to look after, or the watch was told to leave. Never rejects. */
  readonly ended: Promise<void>;

  constructor(
    engine: Engine,
    worker: number,
    assignment: Assignment,
    beingSubmitted: ReadonlySet<number>,
  ) {
    this.#engine = engine;
    this.#worker = worker;
    this.#assignment = assignment;
    this.#beingSubmitted = beingSubmitted;
    this.ended = this.#run();
  }

  /** The job or its batches changed. */
  look(): void {
    this.#isWoken = true;
    this.#wake();
  }

  leave(): void {
    this.#leaving.abort();
    this.look();
  }

  async #run(): Promise<void> {
    const { db, log } = this.#engine;
    const { job } = this.#assignment;
    try {
      while (!this.#leaving.signal.aborted) {
        this.#isWoken = false;
        const batches = await takeBatches(db, job, this.#worker);
        if (batches.length === 0) break;
        const state = await this.#state();
        if (state === undefined) break;
        await this.#round(batches, state);
        const due = batches.map(({ id }) => this.#care.get(id)?.due ?? 0);
        await this.#rest(Math.min(...due) - Date.now());
      }
      await leaveBatches(db, job, this.#worker);
    } catch (error) {
      log.warn({ job, error }, "looking after a job's batches was interrupted");
    }
  }

  /** Looks at the batches whose time has come, one after the other. */
  async #round(batches: readonly OpenBatch[], state: JobState): Promise<void> {
    let batchesAt: BatchInterface | undefined;
    for (const batch of batches) {
      if (this.#leaving.signal.aborted) return;
      const care = this.#careFor(batch.id);
      const hurry = state === "cancelled" && !care.isCancelling && batch.state === "under-way";
      if ((care.due > Date.now() && !hurry) || this.#beingSubmitted.has(batch.id)) continue;
      if (!batchesAt) {
        const { agent } = this.#assignment;
        const reached = await batchesOf(
          agent.model,
          this.#engine.environment,
          alikeOf(this.#assignment),
        );
        if (!reached.ok) return this.#unreached(batches, reached.error, state);
        batchesAt = reached.value;
      }
      const failure =
        batch.state === "submitting"
          ? await this.#search(batchesAt, batch, care)
          : await this.#lookAt(batchesAt, batch, care, state);
      if (failure) await this.#suffer(batch, care, failure, state);
      else care.failures = 0;
    }
  }

  #careFor(id: number): Care {
    const care = this.#care.get(id) ?? { due: 0, failures: 0, searches: 0, isCancelling: false };
    this.#care.set(id, care);
    return care;
  }

  async #unreached(
    batches: readonly OpenBatch[],
    failure: CallFailure,
    state: JobState,
  ): Promise<void> {
    for (const batch of batches) await this.#suffer(batch, this.#careFor(batch.id), failure, state);
  }

  /** Looks for a batch of which nobody knows whether it was submitted. */
  async #search(
    service: BatchInterface,
    batch: OpenBatch,
    care: Care,
  ): Promise<CallFailure | undefined> {
    const { db, log } = this.#engine;
    const { job } = this.#assignment;
    const { id, mark, requests: lines, createdAt: since } = batch;
    const sought = { mark, lines, since, known: await this.#knownIds() };
    const found = await service.find(sought, this.#leaving.signal);
    if (!found.ok) return found.error;
    if (found.value !== undefined) {
      log.info({ job, batch: found.value.id }, "a batch that was submitted was found again");
      await submitted(db, id, found.value.id, !found.value.sure);
      await notifyChange(db, job);
      care.due = 0;
      return undefined;
    }
    care.searches += 1;
    care.due = Date.now() + searchEvery;
    if (care.searches < searches) return undefined;
    await giveUpBatch(db, id, {
      state: "lost",
      said: null,
      message: "It was not submitted: the worker or the connection broke off first.",
    });
    await service.remove(undefined, batch.files, this.#leaving.signal);
    await notifyChange(db, job);
    return undefined;
  }

  async #lookAt(
    service: BatchInterface,
    batch: OpenBatch,
    care: Care,
    state: JobState,
  ): Promise<CallFailure | undefined> {
    const { signal } = this.#leaving;
    const { db } = this.#engine;
    const { job } = this.#assignment;
    const providerId = batch.providerId ?? "";
    // One that may be somebody else's is not ours to end.
    if (state === "cancelled" && !care.isCancelling && !batch.unsure) {
      const cancelled = await service.cancel(providerId, signal);
      // What has ended meanwhile cannot be cancelled, which is no failure.
      if (!cancelled.ok && cancelled.error.kind !== "delegate") return cancelled.error;
      care.isCancelling = true;
    }
    const looked = await service.look(providerId, signal);
    if (!looked.ok) return looked.error;
    const standing = looked.value;
    care.due = Date.now() + this.#interval(care.isCancelling ? 0 : batch.age);
    switch (standing.kind) {
      case "under-way": {
        const { said, counts } = standing;
        const news = await noteProgress(db, batch.id, { said, ...counts, message: null });
        if (news) await notifyProgress(db, job);
        return undefined;
      }
      case "turned-down":
        await this.#turnedDown(batch, standing, state);
        await service.remove(undefined, batch.files, signal);
        return undefined;
      case "ended":
        return this.#ended(service, batch, standing);
    }
  }

  async #turnedDown(
    batch: OpenBatch,
    { said, message, crowded }: Extract<BatchStanding, { kind: "turned-down" }>,
    state: JobState,
  ): Promise<void> {
    const { db, log } = this.#engine;
    const { job } = this.#assignment;
    log.info({ job, batch: batch.providerId, crowded }, "a batch was turned down");
    if (!crowded && state === "running") await pauseJob(db, job, pauseForBatch(message, job));
    await giveUpBatch(db, batch.id, { state: "turned-down", said, message, crowded });
    await notifyChange(db, job);
  }

  async #ended(
    service: BatchInterface,
    batch: OpenBatch,
    { said, how, results }: Extract<BatchStanding, { kind: "ended" }>,
  ): Promise<CallFailure | undefined> {
    const { db, environment, log } = this.#engine;
    const { job } = this.#assignment;
    const { signal } = this.#leaving;
    const providerId = batch.providerId ?? "";
    const reading = {
      assignment: this.#assignment,
      environment,
      alike: alikeOf(this.#assignment),
      latencyMs: Math.max(0, batch.age),
    };
    if (this.#isDeleted) {
      // Removed first: the job's deletion waits for its batches, and takes their rows with it.
      if (!batch.unsure) await service.remove(providerId, [...batch.files, ...results], signal);
      await giveUpBatch(db, batch.id, { state: "lost", said, message: "The job was deleted." });
      return undefined;
    }
    let known = 0;
    const read = await service.results(
      providerId,
      results,
      async (lines, headers) => {
        known += await storeResults(db, reading, batch.id, lines, headers);
      },
      signal,
    );
    if (!read.ok) return read.error;
    if (batch.unsure && known === 0) {
      await giveUpBatch(db, batch.id, {
        state: "lost",
        said: null,
        message: "It was not submitted: the batch of its size that was found was another's.",
      });
      await notifyChange(db, job);
      return undefined;
    }
    const { reason, message } = unanswered[how];
    await failOpenLines(db, batch.id, reason, message);
    await sql`
      update job_batches set state = 'ended', said = ${said}, message = null, worker_id = null,
        ended_at = clock_timestamp(),
        answered = (select count(*) from batch_lines where batch_id = ${batch.id} and state = 'answered'),
        failed = (select count(*) from batch_lines where batch_id = ${batch.id} and state = 'failed')
      where id = ${batch.id} and state = 'under-way'`.execute(db);
    log.info({ job, batch: providerId, how, stored: known }, "a batch's results are stored");
    await notifyChange(db, job);
    const removed = await service.remove(providerId, [...batch.files, ...results], signal);
    if (!removed.ok)
      log.info({ job, batch: providerId }, "what a batch left at its provider is still there");
    return undefined;
  }

  /** A look came to nothing: the next follows later each time. What every look would meet is told. */
  async #suffer(
    batch: OpenBatch,
    care: Care,
    failure: CallFailure,
    state: JobState,
  ): Promise<void> {
    if (failure.kind === "aborted") return;
    const { db, log } = this.#engine;
    const { job } = this.#assignment;
    care.failures += 1;
    const asked = failure.kind === "retry" ? (failure.retryAfterMs ?? 0) : 0;
    care.due = Date.now() + Math.max(asked, Math.min(latest, soonest * 2 ** (care.failures - 1)));
    const { message } = failure;
    log.info(
      { job, batch: batch.providerId, reason: failure.reason },
      "a batch cannot be looked at",
    );
    if (await noteProgress(db, batch.id, { message })) await notifyProgress(db, job);
    if (failure.kind !== "delegate") return;
    if (failure.status === 404 && batch.state === "under-way") {
      if (care.failures < patience) return;
      await failOpenLines(db, batch.id, "batch-gone", message);
      await sql`
        update job_batches set state = 'ended', message = ${message}, worker_id = null,
          ended_at = clock_timestamp() where id = ${batch.id} and state = 'under-way'`.execute(db);
      await notifyChange(db, job);
    } else if (state === "running")
      await pauseJob(db, job, pauseForFailure(failure, this.#assignment.connection, job));
  }

  #interval(age: number): number {
    const { pollSeconds } = this.#assignment.settings.batch ?? {};
    return pollSeconds === undefined
      ? Math.min(latest, Math.max(soonest, shareOfAge * age))
      : 1000 * pollSeconds;
  }

  /** The job's state, cancelled where it is deleted; undefined where it is no longer there. */
  async #state(): Promise<JobState | undefined> {
    const row = await this.#engine.db
      .selectFrom("jobs")
      .select(["state", "deleted"])
      .where("id", "=", this.#assignment.job)
      .executeTakeFirst();
    this.#isDeleted = row?.deleted ?? true;
    return row && (row.deleted ? "cancelled" : row.state);
  }

  /** The ids of all batches that are somebody's here. */
  async #knownIds(): Promise<ReadonlySet<string>> {
    const rows = await this.#engine.db
      .selectFrom("job_batches")
      .select("provider_id")
      .where("provider_id", "is not", null)
      .execute();
    return new Set(rows.flatMap((row) => row.provider_id ?? []));
  }

  /** Waits so many milliseconds, or until there is something to look at. */
  #rest(milliseconds: number): Promise<void> {
    if (this.#isWoken || milliseconds <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Why a line has no result in a batch that has ended. */
const unanswered: Record<BatchEnding, { readonly reason: Reason; readonly message: string }> = {
  completed: {
    reason: "batch-failed",
    message: "The batch has ended, and the provider gave no result for this request.",
  },
  expired: {
    reason: "batch-expired",
    message: "The batch expired before this request was answered.",
  },
  cancelled: {
    reason: "batch-cancelled",
    message: "The batch was cancelled before this request was answered.",
  },
};
