import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { usedUp } from "@countersign/core";
import type { Engine } from "../../engine.ts";
import { type BatchInterface, batchesOf, captureCall } from "../../llm/batch/index.ts";
import type { CallFailure } from "../../llm/call-failure.ts";
import { backoffMs } from "../../llm/retry-policy.ts";
import { notifyChange } from "../notices.ts";
import { spentBy } from "../spent.ts";
import { Answers, type Outcome } from "../worker/answers.ts";
import type { Assignment } from "../worker/assignment.ts";
import { pauseForBudget } from "../worker/budget-pause.ts";
import type { FinishedItem } from "../worker/finished-item.ts";
import { type Question, questionsOf } from "../worker/questions.ts";
import { claimBatched, releaseShards, type Shard, waitingItems } from "../worker/shards.ts";
import { finishJob, joinJob, leaveJob, pauseJob } from "../worker/transitions.ts";
import { Writer } from "../worker/writer.ts";
import { alikeOf } from "./alike.ts";
import { allowanceOf, type Expectation, expectationOf, none, nothing } from "./batch-budget.ts";
import { pauseForFailure, pauseForRest } from "./batch-pause.ts";
import { type Allowance, Draft, type DraftLine } from "./draft.ts";
import { findOutcomes, outcomeOf } from "./found.ts";
import { forgetLines } from "./lines.ts";
import {
  expectedOf,
  giveUpBatch,
  intendBatch,
  noteFile,
  type OverBatch,
  overBatches,
  submitted,
} from "./rows.ts";

/** While so many outcomes wait to be stored, no further shard is taken up. */
const mostUnstored = 2000;

/** Why nothing more goes into batches for now. `budget`: a part of it would be overrun. */
type Block = { readonly why: "busy" } | { readonly why: "budget"; readonly kind: keyof Allowance };

/**
 * One worker's part in a job that asks in batches: it gathers the questions that have no reply, submits them, and
 * finishes items as their answers are stored. One worker at a time does this for a job; looking after what is submitted
 * is {@link BatchWatch}'s.
 */
export class BatchRun {
  readonly #engine: Engine;
  readonly #worker: number;
  readonly #assignment: Assignment;
  readonly #beingSubmitted: Set<number>;
  readonly #writer: Writer;
  readonly #quit = new AbortController();
  readonly #abort = new AbortController();
  readonly #giveUp = new AbortController();
  #unstored = 0;
  #isWoken = false;
  #wake = () => {};
  #orderly = true;
  /** Batches that were over when it last looked. */
  readonly #known = new Set<number>();
  /** The first position from which on questions may not have been gathered yet. */
  #from: number | undefined = 0;
  #block: Block | undefined;
  /** Nothing is submitted before, in Unix milliseconds. */
  #notBefore = 0;
  /** Submissions in a row that the provider did not take for now. */
  #refusals = 0;
  #mostLines: number;
  /** Settles when the run is over and all of it is stored: with false where something went wrong. Never rejects. */
  readonly ended: Promise<boolean>;

  /** @param beingSubmitted where batches stand while this process submits them */
  constructor(engine: Engine, worker: number, assignment: Assignment, beingSubmitted: Set<number>) {
    this.#engine = engine;
    this.#worker = worker;
    this.#assignment = assignment;
    this.#beingSubmitted = beingSubmitted;
    setMaxListeners(0, this.#quit.signal, this.#abort.signal);
    this.#mostLines = assignment.settings.batch?.size ?? 1;
    this.#writer = new Writer(
      engine.db,
      assignment,
      engine.log,
      {
        onStored: ({ items }) => {
          this.#unstored -= items.length;
        },
        onGone: () => this.leave("give-up-calls"),
      },
      this.#giveUp.signal,
    );
    this.ended = this.#run();
  }

  /** The job or its batches changed. */
  look(): void {
    this.#isWoken = true;
    this.#wake();
  }

  /** Ends the run: nothing more is submitted. A submission under way is waited for, or broken off. */
  leave(how: "finish-calls" | "give-up-calls" | "drop-unstored"): void {
    this.#quit.abort();
    if (how !== "finish-calls") this.#abort.abort();
    if (how === "drop-unstored") this.#giveUp.abort();
    this.look();
  }

  async #run(): Promise<boolean> {
    const { db } = this.#engine;
    const { job } = this.#assignment;
    try {
      await releaseShards(db, job, this.#worker, true);
      await joinJob(db, job);
      await claimBatched(db, job, this.#worker);
      for (const { id } of await overBatches(db, job, this.#known)) this.#known.add(id);
      await this.#work();
    } catch (error) {
      this.#fail(error);
    }
    await this.#writer.drain();
    try {
      await releaseShards(db, job, this.#worker, true);
      await finishJob(db, job);
      await leaveJob(db, job);
      await forgetLines(db, job);
    } catch (error) {
      this.#fail(error);
    }
    return this.#orderly;
  }

  async #work(): Promise<void> {
    const { db } = this.#engine;
    const { job } = this.#assignment;
    while (!this.#quit.signal.aborted) {
      this.#isWoken = false;
      const over = await overBatches(db, job, this.#known);
      for (const batch of over) this.#learn(batch);
      const { batches } = await expectedOf(db, job);
      const isAll = batches === 0;
      const all = isAll ? 0 : this.#mayGather(over.length > 0) ? this.#from : undefined;
      const shards = await this.#shards([
        ...over,
        ...(all === undefined ? [] : [{ first: all, last: Number.MAX_SAFE_INTEGER }]),
      ]);
      if (isAll && shards.length === 0) return;
      const went = shards.length > 0 && (await this.#rounds(shards, over, all !== undefined));
      if (this.#quit.signal.aborted) return;
      if (isAll && !went && (await this.#isSpent())) return;
      if (!went) await this.#rest();
    }
  }

  /** Whether more may go into batches than when it was last tried. */
  #mayGather(isAnyOver: boolean): boolean {
    return Date.now() >= this.#notBefore && (this.#block?.why !== "budget" || isAnyOver);
  }

  /** What a batch that is over teaches: an account that has too much under way takes less, later. */
  #learn({ id, state, crowded, requests, first }: OverBatch): void {
    this.#known.add(id);
    if (state === "ended") this.#refusals = 0;
    if (state === "turned-down" && crowded) {
      this.#mostLines = Math.max(1, Math.floor(requests / 2));
      this.#delay();
    }
    // Its questions are free again, perhaps.
    if (state !== "ended") this.#behind(first);
  }

  /** Questions from this position on are still to be gathered. */
  #behind(position: number): void {
    this.#from = Math.min(this.#from ?? position, position);
  }

  #delay(asked = 0): void {
    this.#refusals += 1;
    this.#notBefore = Date.now() + Math.max(asked, backoffMs(this.#refusals, Math.random));
  }

  /** The open shards over some of the positions. */
  async #shards(
    ranges: readonly { readonly first: number; readonly last: number }[],
  ): Promise<Shard[]> {
    if (ranges.length === 0) return [];
    const rows = await this.#engine.db
      .selectFrom("job_shards")
      .select(["shard", "first_position as first", "last_position as last", "singly"])
      .where("job_id", "=", this.#assignment.job)
      .where("worker_id", "=", this.#worker)
      .where("batched", "=", true)
      .where("done", "=", false)
      .orderBy("shard")
      .execute();
    return rows.filter((shard) =>
      ranges.some(({ first, last }) => shard.first <= last && shard.last >= first),
    );
  }

  /** Goes over shards; returns whether anything came of it. What is answered comes first where a budget has to be kept. */
  async #rounds(
    shards: readonly Shard[],
    over: readonly OverBatch[],
    gathersAll: boolean,
  ): Promise<boolean> {
    const { budget } = this.#assignment.settings;
    const isOver = (shard: Shard) =>
      over.some(({ first, last }) => shard.first <= last && shard.last >= first);
    let went = false;
    if (budget) {
      this.#block = { why: "busy" };
      for (const shard of shards) went = (await this.#take(shard, new Draft(none))) || went;
      await this.#writer.drain();
    }
    this.#block = Date.now() < this.#notBefore ? { why: "busy" } : undefined;
    if (gathersAll) this.#from = undefined;
    const expect = await expectationOf(this.#engine, this.#assignment);
    const draft = new Draft(await allowanceOf(this.#engine, this.#assignment));
    for (const shard of shards) {
      if (this.#quit.signal.aborted) return went;
      if (this.#block && !isOver(shard)) {
        this.#behind(shard.first);
        continue;
      }
      went = (await this.#take(shard, draft, expect)) || went;
      went = (await this.#submitFull(draft, false)) || went;
      if (this.#unstored > mostUnstored) await this.#writer.drain();
    }
    went = (await this.#submitFull(draft, true)) || went;
    await this.#writer.drain();
    return went;
  }

  /** Finishes the items of a shard that are answered, and gathers the questions of the others. */
  async #take(shard: Shard, draft: Draft, expect: Expectation = nothing): Promise<boolean> {
    const { db, log } = this.#engine;
    const { job } = this.#assignment;
    const waiting = await waitingItems(db, job, shard);
    const items = waiting.map((item) => questionsOf(this.#assignment, item));
    const keys = items.flatMap(({ samples }) => samples.map(({ key }) => key));
    const found = await findOutcomes(db, this.#assignment, keys);
    const answers = new Answers(this.#assignment, {
      ask: async (position, question) => {
        const known = found.has(question.name)
          ? found
          : await findOutcomes(db, this.#assignment, [question.key]);
        return (
          outcomeOf(known.get(question.name), position) ??
          this.#gather(shard, draft, position, question, expect)
        );
      },
      // Whether a reply is the item's own to pay for is told by its line, when it is asked for.
      lookUp: async () => new Map(),
      log,
    });
    const ended = await Promise.all(items.map((item) => answers.answer(item, new Map())));
    const finished = ended.filter((item) => item !== undefined);
    for (const item of finished) this.#finish(item);
    if (finished.length === items.length) this.#writer.shardDone(shard.shard);
    return finished.length > 0 || items.length === 0;
  }

  #finish(item: FinishedItem): void {
    this.#unstored += 1;
    this.#writer.item(item);
  }

  /** Puts a question that was never asked into the draft, where it may be. */
  async #gather(
    shard: Shard,
    draft: Draft,
    position: number,
    question: Question,
    expect: Expectation,
  ): Promise<Outcome> {
    const left = { kind: "left" } as const;
    if (draft.has(question.name)) return left;
    const { prompt, parameters, key, name } = question;
    const { environment } = this.#engine;
    const { agent, structure } = this.#assignment;
    if (!this.#block) {
      const request = { prompt, parameters, ...(structure && { structure }) };
      const call = await captureCall(agent.model, environment, request);
      if (!call.ok) await this.#refused(call.error);
      // The other items of the shard have gathered meanwhile.
      else if (!this.#block && !draft.has(name)) {
        const expected = { position, ...expect(question) };
        const kind = draft.overrunBy(expected);
        if (kind) this.#block = { why: "budget", kind };
        else draft.add({ ...expected, key, name, body: call.value.body });
      }
    }
    if (this.#block) this.#behind(shard.first);
    return left;
  }

  /** Submits what is gathered, batch by batch, as far as they are full, or all of it; returns whether there was one. */
  async #submitFull(draft: Draft, all: boolean): Promise<boolean> {
    let went = false;
    while (!this.#quit.signal.aborted) {
      const service = await this.#service();
      if (!service) return went;
      const most = Math.min(this.#mostLines, service.mostLines);
      const lines = draft.take(most, service.mostBytes, all);
      if (!lines) return went;
      if (this.#block?.why === "busy") this.#putBack(lines);
      else went = (await this.#submit(service, lines)) || went;
    }
    return went;
  }

  /** Lines that are not submitted are gathered again, later. */
  #putBack(lines: readonly DraftLine[]): void {
    for (const { position } of lines) this.#behind(position);
  }

  async #service(): Promise<BatchInterface | undefined> {
    const { environment } = this.#engine;
    const reached = await batchesOf(
      this.#assignment.agent.model,
      environment,
      alikeOf(this.#assignment),
    );
    if (reached.ok) return reached.value;
    await this.#refused(reached.error);
    return undefined;
  }

  /** Writes a batch down, submits it, and writes down what became of that. */
  async #submit(service: BatchInterface, lines: readonly DraftLine[]): Promise<boolean> {
    const { db, log } = this.#engine;
    const { job } = this.#assignment;
    const mark = randomUUID();
    const items = new Set(lines.map(({ position }) => position)).size;
    const intended = await intendBatch(db, { job, worker: this.#worker, mark, lines, items });
    if (!intended) return false;
    const { id, names } = intended;
    this.#beingSubmitted.add(id);
    try {
      const own = lines.filter(({ name }) => names.has(name));
      const file = (uploaded: string) => noteFile(db, id, uploaded);
      const result = await service.submit(mark, own, file, this.#abort.signal);
      if (result.ok) {
        log.info({ job, batch: result.value, requests: own.length }, "a batch was submitted");
        // Given up meanwhile, its questions may be in another by now.
        if (!(await submitted(db, id, result.value)))
          await service.cancel(result.value, this.#abort.signal);
      } else await this.#notSubmitted(id, lines, result.error);
    } finally {
      this.#beingSubmitted.delete(id);
    }
    await notifyChange(db, job);
    return true;
  }

  async #notSubmitted(
    id: number,
    lines: readonly DraftLine[],
    failure: CallFailure,
  ): Promise<void> {
    if (failure.kind === "aborted") return;
    const { db, log } = this.#engine;
    const { job } = this.#assignment;
    log.info({ job, reason: failure.reason }, "a batch was not submitted");
    const { message } = failure;
    if (failure.kind === "delegate") {
      await giveUpBatch(db, id, { state: "turned-down", said: null, message });
      return this.#refused(failure);
    }
    this.#block = { why: "busy" };
    this.#delay(failure.retryAfterMs);
    // Turned away, it is not there. After anything else nobody knows, until it is looked for.
    if (failure.reason !== "rate-limited") return;
    this.#putBack(lines);
    await giveUpBatch(db, id, { state: "turned-down", said: null, message });
  }

  /** Nothing can be submitted: the job pauses and says why. */
  async #refused(failure: CallFailure): Promise<void> {
    if (failure.kind !== "delegate") {
      this.#block = { why: "busy" };
      this.#delay();
      return;
    }
    if (this.#quit.signal.aborted) return;
    this.leave("finish-calls");
    const { job, connection } = this.#assignment;
    this.#engine.log.info({ job, reason: failure.reason }, "job paused");
    await pauseJob(this.#engine.db, job, pauseForFailure(failure, connection, job));
  }

  /** Pauses the job where its budget lets nothing more be asked and nothing is under way. */
  async #isSpent(): Promise<boolean> {
    const { db, log } = this.#engine;
    const { job, settings } = this.#assignment;
    const { budget } = settings;
    const block = this.#block;
    if (block?.why !== "budget" || !budget) return false;
    const kind = usedUp(budget, await spentBy(db, job));
    log.info({ job, budget: kind ?? block.kind }, "job paused");
    const pause = kind ? pauseForBudget(kind, budget, job) : pauseForRest(block.kind, budget, job);
    await pauseJob(db, job, pause);
    return true;
  }

  /** Nothing but the database's absence, or a bug, brings a run here; it ends, to be taken up anew. */
  #fail(error: unknown): void {
    this.#orderly = false;
    this.#engine.log.warn({ job: this.#assignment.job, error }, "work on a job was interrupted");
    this.leave("finish-calls");
  }

  /** Waits until something changed, or something may be submitted again. */
  #rest(): Promise<void> {
    if (this.#isWoken || this.#quit.signal.aborted) return Promise.resolve();
    const waits = this.#from !== undefined && this.#notBefore > Date.now();
    return new Promise((resolve) => {
      const timer = waits ? setTimeout(resolve, this.#notBefore - Date.now()) : undefined;
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
