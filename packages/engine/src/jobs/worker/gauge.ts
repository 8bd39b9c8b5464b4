import type { HeldBy } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import { notifyProgress } from "../notices.ts";

/** What a worker does for a job at one moment. */
export interface Reading {
  readonly underWay: number;
  readonly allowed: number;
  readonly unstored: number;
  readonly heldBy: HeldBy | null;
  readonly heldMs: number;
}

/** Milliseconds between two readings. */
const every = 1000;
/** A shorter rest is over before anybody has read of it. */
const worthTelling = 1000;

/**
 * Tells once a second what a worker does for a job, for those who watch. It is taken and written beside the calls, and
 * costs them nothing. A database that is away is not waited for: the next reading says what the lost one would have.
 */
export class Gauge {
  readonly #db: Kysely<Database>;
  readonly #job: number;
  readonly #worker: number;
  readonly #read: () => Reading;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<void> | undefined;

  constructor(db: Kysely<Database>, job: number, worker: number, read: () => Reading, log: Logger) {
    this.#db = db;
    this.#job = job;
    this.#worker = worker;
    this.#read = read;
    this.#log = log;
    this.#timer = setInterval(() => this.#tell(), every).unref();
  }

  /** Takes the worker's reading away. Never rejects; one that stays behind grows stale. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.#db
      .deleteFrom("job_gauges")
      .where("job_id", "=", this.#job)
      .where("worker_id", "=", this.#worker)
      .execute()
      .catch((error: unknown) => this.#missed(error));
  }

  #tell(): void {
    this.#writing ??= this.#write(this.#read())
      .catch((error: unknown) => this.#missed(error))
      .finally(() => {
        this.#writing = undefined;
      });
  }

  /** The job or the worker may be gone by now, or the database away: all of it is told elsewhere. */
  #missed(error: unknown): void {
    this.#log.debug({ job: this.#job, error }, "what a worker does could not be told");
  }

  async #write({ underWay, allowed, unstored, heldBy, heldMs }: Reading): Promise<void> {
    const rests = heldBy !== null && Number.isFinite(heldMs) && heldMs >= worthTelling;
    // The moment is on the database's clock, as all that are compared with it.
    const until = rests
      ? sql`clock_timestamp() + ${heldMs / 1000}::double precision * interval '1 second'`
      : sql`null::timestamptz`;
    await sql`
      insert into job_gauges (job_id, worker_id, under_way, allowed, unstored, held_by, until, at)
      values (${this.#job}, ${this.#worker}, ${underWay}, ${allowed}, ${unstored}, ${heldBy},
        ${until}, clock_timestamp())
      on conflict (job_id, worker_id) do update set under_way = excluded.under_way,
        allowed = excluded.allowed, unstored = excluded.unstored, held_by = excluded.held_by,
        until = excluded.until, at = excluded.at`.execute(this.#db);
    await notifyProgress(this.#db, this.#job);
  }
}
