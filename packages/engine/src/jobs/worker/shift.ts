import type { JobState } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../../engine.ts";
import type { CallLine } from "../../llm/call-line.ts";
import type { Connection } from "../../llm/connection.ts";
import { sweepCancelledShard } from "../sweep.ts";
import { loadAssignment } from "./assignment.ts";
import { JobRun } from "./job-run.ts";
import { prepareChunk } from "./prepare.ts";
import { sweepDeadWorkers } from "./shards.ts";

/** A worker's time under one id: it joins every job that has something for it to do, and leaves those that stop. */
export class Shift {
  readonly #engine: Engine;
  readonly #worker: number;
  readonly #lineOf: (connection: Connection) => CallLine;
  readonly #runs = new Map<number, JobRun>();
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
    const runs = [...this.#runs.values()];
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
    await Promise.all([...runs.map((run) => run.ended), ...this.#chores.values()]);
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
    for (const [job, run] of this.#runs) {
      const state = states.get(job);
      if (state === "paused") run.leave("finish-calls");
      else if (state !== "running") run.leave("give-up-calls");
    }
    for (const { id, state, hasWork } of jobs) {
      if (state === "preparing") this.#chore(id, () => prepareChunk(this.#engine.db, id));
      if (state === "cancelled") this.#chore(id, () => sweepCancelledShard(this.#engine.db, id));
      if (state === "running" && hasWork && !this.#runs.has(id)) await this.#join(id);
    }
  }

  /** Jobs that are being prepared or run, those whose items are still to be marked as cancelled, and those joined here. */
  async #jobsInQuestion(): Promise<{ id: number; state: JobState; hasWork: boolean }[]> {
    const open = sql`select from job_shards where job_shards.job_id = jobs.id and not done`;
    const { rows } = await sql<{ id: number; state: JobState; hasWork: boolean }>`
      select id, state,
        not exists (${open}) or exists (${open} and (worker_id is null or worker_id = ${this.#worker}))
          as "hasWork"
      from jobs
      where state in ('preparing', 'running')
        or (state = 'cancelled' and exists (${open}))
        or id = any(${[...this.#runs.keys()]}::bigint[])
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
