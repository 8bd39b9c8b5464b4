import { setMaxListeners } from "node:events";
import type { Engine } from "../../engine.ts";
import type { DelegateFailure, RetryFailure } from "../../llm/call-failure.ts";
import { type CallLine, type Lane, systemClock } from "../../llm/call-line.ts";
import { spentBy } from "../spent.ts";
import { Answers, type Outcome } from "./answers.ts";
import { type Asking, ask } from "./ask.ts";
import type { Assignment } from "./assignment.ts";
import { pauseForBudget } from "./budget-pause.ts";
import { Distress } from "./distress.ts";
import type { FinishedItem, KeptReply } from "./finished-item.ts";
import { Gauge } from "./gauge.ts";
import { judgeFailure } from "./judge.ts";
import { pauseFor } from "./pause.ts";
import { type ItemQuestions, type Question, questionsOf } from "./questions.ts";
import { claimShard, releaseShards, type Shard, waitingItems } from "./shards.ts";
import type { Batch } from "./store.ts";
import { storedReplies } from "./stored-replies.ts";
import { finishJob, joinJob, leaveJob, pauseJob } from "./transitions.ts";
import { Writer } from "./writer.ts";

/** While so many answers wait to be stored, nothing more is taken up: a slow database must not fill the memory. */
const mostUnstored = 2000;

/** One worker's part in one job, from when it joins until it has nothing more to do there or is told to leave. */
export class JobRun {
  readonly #engine: Engine;
  readonly #worker: number;
  readonly #assignment: Assignment;
  readonly #lane: Lane;
  readonly #answers: Answers;
  readonly #writer: Writer;
  readonly #quit = new AbortController();
  readonly #abort = new AbortController();
  readonly #giveUp = new AbortController();
  /** Items taken up that have no answer yet, and answered ones that are not stored yet. */
  #unanswered = 0;
  #unstored = 0;
  #onRoom: (() => void) | undefined;
  readonly #underWay = new Set<Promise<void>>();
  /** Shard → items of it that have not finished. */
  readonly #unfinished = new Map<number, number>();
  #orderly = true;
  #isLearning = false;
  #isSpentOut = false;
  /**
   * Settles when the run is over and everything of it is stored: with false where something went wrong, so that it should
   * not be taken up again at once. Never rejects.
   */
  readonly ended: Promise<boolean>;

  constructor(engine: Engine, worker: number, assignment: Assignment, line: CallLine) {
    this.#engine = engine;
    this.#worker = worker;
    this.#assignment = assignment;
    // Every item under way listens to these two.
    setMaxListeners(0, this.#quit.signal, this.#abort.signal);
    const { concurrency, ...perMinute } = assignment.settings;
    this.#lane = line.open(concurrency, perMinute);
    this.#writer = new Writer(
      engine.db,
      assignment,
      engine.log,
      {
        onStored: (batch) => this.#stored(batch),
        onGone: () => this.leave("give-up-calls"),
      },
      this.#giveUp.signal,
    );
    const asking: Asking = {
      model: assignment.model,
      settings: assignment.settings,
      lane: this.#lane,
      distress: new Distress(),
      clock: systemClock,
      random: Math.random,
      quit: this.#quit.signal,
      abort: this.#abort.signal,
      onCall: (because) => {
        this.#writer.count("calls", 1);
        if (because !== undefined) this.#writer.count("retries", 1, because);
      },
      isSpent: () => this.#isSpent(),
      onHopeless: (failure) => this.#pause(failure),
    };
    this.#answers = new Answers(assignment, {
      ask: (position, question) => this.#ask(asking, position, question),
      lookUp: (keys) => storedReplies(engine.db, assignment.projectId, keys),
      log: engine.log,
    });
    this.ended = this.#run();
  }

  /**
   * Ends the run: nothing more is asked. Calls under way are waited for, as they are paid for, or given up. With
   * `drop-unstored` what cannot be stored at present is dropped, too.
   */
  leave(how: "finish-calls" | "give-up-calls" | "drop-unstored"): void {
    this.#quit.abort();
    this.#lane.close();
    this.#onRoom?.();
    if (how !== "finish-calls") this.#abort.abort();
    if (how === "drop-unstored") this.#giveUp.abort();
  }

  async #run(): Promise<boolean> {
    const { db, log } = this.#engine;
    const { job } = this.#assignment;
    const read = () => ({ ...this.#lane.gauge(), unstored: this.#unstored });
    const gauge = new Gauge(db, job, this.#worker, read, log);
    try {
      // What an earlier run of this worker may not have been able to give back.
      await releaseShards(db, job, this.#worker);
      await joinJob(db, job);
      await this.#takeShards();
    } catch (error) {
      this.#fail(error);
    }
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    await this.#writer.drain();
    await gauge.end();
    try {
      await this.#pauseIfSpent();
      await releaseShards(db, job, this.#worker);
      await finishJob(db, job);
      await leaveJob(db, job);
    } catch (error) {
      this.#fail(error);
    }
    this.#lane.close();
    return this.#orderly;
  }

  /** Takes shard after shard, the next one before the last is finished, so that a slow item holds up no other. */
  async #takeShards(): Promise<void> {
    const { db } = this.#engine;
    const enough = 4 * this.#assignment.settings.concurrency + 200;
    const isFull = () => this.#unanswered >= enough || this.#unstored >= mostUnstored;
    while (!this.#quit.signal.aborted) {
      const shard = await claimShard(db, this.#assignment.job, this.#worker);
      if (!shard) return;
      await this.#take(shard);
      while (isFull() && !this.#quit.signal.aborted)
        await new Promise<void>((resolve) => {
          this.#onRoom = resolve;
        });
    }
  }

  async #take(shard: Shard): Promise<void> {
    const { db } = this.#engine;
    const { job, projectId } = this.#assignment;
    const items = await waitingItems(db, job, shard);
    if (items.length === 0) return this.#writer.shardDone(shard.shard);
    this.#unfinished.set(shard.shard, items.length);
    this.#unanswered += items.length;
    const questions = items.map((item) => questionsOf(this.#assignment, item));
    const keys = questions.flatMap(({ samples }) => samples.map(({ key }) => key));
    this.#answers.forgetStored();
    const known = await storedReplies(db, projectId, keys);
    for (const item of questions) {
      const finished = this.#answers.reuse(item, known);
      if (finished) this.#finished(shard, finished);
      else this.#answer(shard, item, known);
    }
  }

  #answer(shard: Shard, item: ItemQuestions, known: ReadonlyMap<string, KeptReply>): void {
    this.#track(
      this.#answers.answer(item, known).then((finished) => {
        if (finished) this.#finished(shard, finished);
      }),
    );
  }

  /** Asks a question by a request of its own. */
  async #ask(
    asking: Asking,
    position: number,
    { prompt, parameters, key }: Question,
  ): Promise<Outcome> {
    const { pricing, structure } = this.#assignment;
    const request = { prompt, parameters, ...(structure && { structure }) };
    const answer = await ask(asking, position, request);
    if (answer.kind === "left") return answer;
    const { attempts } = answer;
    if (answer.kind === "failed")
      return { kind: "failed", verdict: judgeFailure(answer.failure), attempts };
    const reply = { ...answer.reply, key, cost: pricing.costOf(answer.reply) };
    this.#paid(reply);
    return { kind: "reply", reply, paid: true, attempts };
  }

  /** Nothing but the database's absence, or a bug, brings a run here; it ends, to be taken up anew. */
  #fail(error: unknown): void {
    this.#orderly = false;
    this.#engine.log.warn({ job: this.#assignment.job, error }, "work on a job was interrupted");
    this.leave("finish-calls");
  }

  /** Work that goes on beside the rest of the run. */
  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.#fail(error))
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  #finished({ shard }: Shard, item: FinishedItem): void {
    this.#assignment.spending?.finished();
    this.#unanswered -= 1;
    this.#unstored += 1;
    this.#writer.item(item);
    this.#onRoom?.();
    const left = (this.#unfinished.get(shard) ?? 0) - 1;
    this.#unfinished.set(shard, left);
    if (left > 0) return;
    this.#unfinished.delete(shard);
    this.#writer.shardDone(shard);
  }

  #stored({ replies, items }: Batch): void {
    for (const reply of replies) this.#answers.stored(reply);
    this.#assignment.spending?.stored(replies, items.length);
    this.#learnSpent();
    this.#unstored -= items.length;
    this.#onRoom?.();
  }

  #paid(reply: KeptReply): void {
    this.#writer.reply(reply);
    this.#assignment.spending?.paid(reply);
    const { usage, cost } = reply;
    this.#writer.count("input-tokens", usage.inputTokens ?? 0);
    this.#writer.count("output-tokens", usage.outputTokens ?? 0);
    this.#writer.count(cost === null ? "unpriced" : "cost", cost ?? 1);
  }

  /** Asks the database what other workers spent, not twice at the same time. */
  #learnSpent(): void {
    const { spending, job } = this.#assignment;
    if (!spending || this.#isLearning || this.#quit.signal.aborted) return;
    this.#isLearning = true;
    this.#track(
      spentBy(this.#engine.db, job)
        .then((spent) => spending.told(spent))
        .finally(() => {
          this.#isLearning = false;
        }),
    );
  }

  /** Once the budget is used up nothing more is asked; the job pauses when what is under way is stored. */
  #isSpent(): boolean {
    if (this.#assignment.spending?.usedUp === undefined) return false;
    this.leave("finish-calls");
    this.#isSpentOut = true;
    return true;
  }

  async #pauseIfSpent(): Promise<void> {
    const { job, settings, spending } = this.#assignment;
    const kind = spending?.usedUp;
    if (!this.#isSpentOut || kind === undefined || !settings.budget) return;
    const { db, log } = this.#engine;
    log.info({ job, budget: kind }, "job paused");
    await pauseJob(db, job, pauseForBudget(kind, settings.budget, job));
  }

  /** Every call would fail: nothing more is asked, what is under way is waited for, and the job says why. */
  #pause(failure: DelegateFailure | RetryFailure): void {
    if (this.#quit.signal.aborted) return;
    this.leave("finish-calls");
    const { job, connection } = this.#assignment;
    const { db, log } = this.#engine;
    log.info({ job, reason: failure.reason }, "job paused");
    this.#track(pauseJob(db, job, pauseFor(failure, connection, job)));
  }
}
