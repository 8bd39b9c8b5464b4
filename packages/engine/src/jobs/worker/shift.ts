import type { JobState } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../../engine.ts";
import type { CallLine } from "../../llm/call-line.ts";
import type { Connection } from "../../llm/connection.ts";
import { BatchRun } from "../batches/batch-run.ts";
import { BatchWatch } from "../batches/batch-watch.ts";
import { sweepCancelledShard } from "../sweep.ts";
import { loadAssignment } from "./assignment.ts";
import { JobRun } from "./job-run.ts";
import { prepareChunk } from "./prepare.ts";
import { sweepDeadWorkers } from "./shards.ts";

/** A job that there may be something to do for. */
interface JobInQuestion {
  readonly id: number;
  readonly state: JobState;
  /** Items that are asked each by itself, or the job's end. */
  readonly hasWork: boolean;
  /** Items that are asked in batches. */
  readonly hasBatchWork: boolean;
  /** Batches at the provider, which nobody else looks after. */
  readonly hasBatches: boolean;
}

/** A worker's time under one id: it joins every job that has something for it to do, and leaves those that stop. */
export class Shift {
  readonly #engine: Engine;
  readonly #worker: number;
  readonly #lineOf: (connection: Connection) => CallLine;
  readonly #runs = new Map<number, JobRun>();
  readonly #batchRuns = new Map<number, BatchRun>();
  readonly #watches = new Map<number, BatchWatch>();
  /** Batches that are just being submitted here. */
  readonly #beingSubmitted = new Set<number>();
  /** Jobs whose preparation, or whose marking as cancelled, is under way here. */
  readonly #chores = new Map<number, Promise<void>>();
  #over = false;
  #looking: Promise<void> | undefined;
  #lookAgain = false;

  constructor(engine: Engine, worker: number, lineOf: (connection: Connection) => CallLine) {
    this.#engine = engine;
    this.#worker = worker;
    this.#lineOf = lineOf;
  }

  /** Looks what there is to do. Looks are not made side by side: one that is asked for during another follows it. */
  look(): void {
    this.#lookAgain = true;
    this.#looking ??= this.#keepLooking().finally(() => {
      this.#looking = undefined;
    });
  }

  /**
   * Leaves every job, letting calls under way finish. When `hurry` is aborted they are given up after `grace`
   * milliseconds, and what cannot be stored is dropped after twice the time.
   */
  async end(hurry: AbortSignal, grace: number): Promise<void> {
    this.#over = true;
    await this.#looking;
    const runs = [...this.#runs.values(), ...this.#batchRuns.values()];
    const watches = [...this.#watches.values()];
    for (const watch of watches) watch.leave();
    const leave = (how: Parameters<JobRun["leave"]>[0]) => {
      for (const run of runs) run.leave(how);
    };
    leave("finish-calls");
    const timers: NodeJS.Timeout[] = [];
    const press = () => {
      timers.push(setTimeout(() => leave("give-up-calls"), grace));
      timers.push(setTimeout(() => leave("drop-unstored"), 2 * grace));
    };
    if (hurry.aborted) press();
    else hurry.addEventListener("abort", press, { once: true });
    await Promise.all([...[...runs, ...watches].map((run) => run.ended), ...this.#chores.values()]);
    hurry.removeEventListener("abort", press);
    for (const timer of timers) clearTimeout(timer);
  }

  async #keepLooking(): Promise<void> {
    while (this.#lookAgain && !this.#over) {
      this.#lookAgain = false;
      try {
        await this.#lookOnce();
      } catch (error) {
        this.#engine.log.warn({ error }, "the worker could not look for work");
      }
    }
  }

  async #lookOnce(): Promise<void> {
    await sweepDeadWorkers(this.#engine.db);
    const jobs = await this.#jobsInQuestion();
    const states = new Map(jobs.map((job) => [job.id, job.state]));
    for (const [job, run] of [...this.#runs, ...this.#batchRuns]) {
      const state = states.get(job);
      if (state === "paused") run.leave("finish-calls");
      else if (state !== "running") run.leave("give-up-calls");
    }
    for (const run of [...this.#batchRuns.values(), ...this.#watches.values()]) run.look();
    for (const { id, state, hasWork, hasBatchWork, hasBatches } of jobs) {
      if (state === "preparing") this.#chore(id, () => prepareChunk(this.#engine.db, id));
      if (state === "cancelled") this.#chore(id, () => sweepCancelledShard(this.#engine.db, id));
      if (state === "running" && hasWork && !this.#runs.has(id)) await this.#join(id);
      if (state === "running" && hasBatchWork && !this.#batchRuns.has(id))
        await this.#joinBatches(id);
      if (hasBatches && !this.#watches.has(id)) await this.#watch(id);
    }
  }

  /**
   * Jobs that are being prepared or run, those whose items are still to be marked as cancelled, those with batches at
   * their providers, and those joined here.
   */
  async #jobsInQuestion(): Promise<JobInQuestion[]> {
    const open = sql`select from job_shards where job_shards.job_id = jobs.id and not done`;
    const isOurs = sql`(worker_id is null or worker_id = ${this.#worker})`;
    const joined = [...this.#runs.keys(), ...this.#batchRuns.keys()];
    const { rows } = await sql<JobInQuestion>`
      with away as (
        select job_id, bool_or(${isOurs}) as ours from job_batches
        where state in ('submitting', 'under-way') group by job_id
      )
      select id, state,
        not exists (${open}) or exists (${open} and not batched and ${isOurs}) as "hasWork",
        exists (${open} and batched and ${isOurs}) as "hasBatchWork",
        coalesce(away.ours, false) as "hasBatches"
      from jobs left join away on away.job_id = jobs.id
      where state in ('preparing', 'running')
        or (state = 'cancelled' and exists (${open}))
        or away.job_id is not null
        or id = any(${joined}::bigint[])
      order by id`.execute(this.#engine.db);
    return rows;
  }

  async #join(job: number): Promise<void> {
    const assignment = await loadAssignment(this.#engine, job);
    if (!assignment || this.#over) return;
    const line = this.#lineOf(assignment.connection);
    const run = new JobRun(this.#engine, this.#worker, assignment, line);
    this.#runs.set(job, run);
    // What stopped the run may be over by now, as when a job was paused and resumed while its last calls went on.
    run.ended.then((orderly) => {
      this.#runs.delete(job);
      if (orderly) this.look();
    });
  }

  async #joinBatches(job: number): Promise<void> {
    const assignment = await loadAssignment(this.#engine, job);
    if (!assignment || this.#over) return;
    const run = new BatchRun(this.#engine, this.#worker, assignment, this.#beingSubmitted);
    this.#batchRuns.set(job, run);
    run.ended.then((orderly) => {
      this.#batchRuns.delete(job);
      if (orderly) this.look();
    });
  }

  async #watch(job: number): Promise<void> {
    const assignment = await loadAssignment(this.#engine, job);
    if (!assignment || this.#over) return;
    const watch = new BatchWatch(this.#engine, this.#worker, assignment, this.#beingSubmitted);
    this.#watches.set(job, watch);
    watch.ended.then(() => this.#watches.delete(job));
  }

  /** Does a job's chore step by step, beside everything else, until there is no further step. */
  #chore(job: number, step: () => Promise<boolean>): void {
    if (this.#chores.has(job)) return;
    const chore = async () => {
      try {
        while (!this.#over && (await step()));
      } catch (error) {
        this.#engine.log.warn({ job, error }, "a job's items could not be prepared or marked");
      } finally {
        this.#chores.delete(job);
      }
    };
    this.#chores.set(job, chore());
  }
}
