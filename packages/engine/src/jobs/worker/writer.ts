import { setTimeout as wait } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Count } from "../progress.ts";
import type { FinishedItem, KeptReply } from "./finished-item.ts";
import { type Batch, type Destination, storeBatch } from "./store.ts";

/** What waits is stored so many milliseconds after it came, or once there is so much of it. */
const latest = 50;
const most = 500;

const firstWait = 100;
const longestWait = 5000;

/** What a writer tells of. */
export interface WriterEvents {
  /** A batch is stored, or was found to be no longer wanted. */
  readonly onStored: (batch: Batch) => void;
  /** The job was deleted. */
  readonly onGone: () => void;
}

/**
 * Stores a job's replies and outcomes in batches, one at a time. A batch that cannot be stored is tried again until it can: what
 * was paid for is not given up because the database is away for a moment.
 */
export class Writer {
  readonly #db: Kysely<Database>;
  readonly #destination: Destination;
  readonly #log: Logger;
  readonly #events: WriterEvents;
  readonly #giveUp: AbortSignal;
  #replies: KeptReply[] = [];
  #items: FinishedItem[] = [];
  #counts: Count[] = [];
  #doneShards: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #storing: Promise<void> = Promise.resolve();
  #isStoring = false;

  /** @param giveUp aborted when a batch that cannot be stored is to be dropped */
  constructor(
    db: Kysely<Database>,
    destination: Destination,
    log: Logger,
    events: WriterEvents,
    giveUp: AbortSignal,
  ) {
    this.#db = db;
    this.#destination = destination;
    this.#log = log;
    this.#events = events;
    this.#giveUp = giveUp;
  }

  /** A reply that was paid for; it is in the database no later than the item that is read from it. */
  reply(reply: KeptReply): void {
    this.#replies.push(reply);
    this.#arm();
  }

  item(item: FinishedItem): void {
    this.#items.push(item);
    this.#arm();
  }

  count(counter: string, n: number, key = ""): void {
    this.#counts.push({ counter, key, n });
    this.#arm();
  }

  shardDone(shard: number): void {
    this.#doneShards.push(shard);
    this.#arm();
  }

  /** Stores all there is now. */
  async drain(): Promise<void> {
    while (this.#waits() || this.#isStoring) {
      await this.#storing;
      if (this.#waits() && !this.#isStoring) this.#begin();
    }
  }

  #waits(): boolean {
    return (
      this.#replies.length + this.#items.length + this.#counts.length + this.#doneShards.length > 0
    );
  }

  #arm(): void {
    if (this.#isStoring || !this.#waits()) return;
    if (Math.max(this.#items.length, this.#replies.length) >= most) this.#begin();
    else this.#timer ??= setTimeout(() => this.#begin(), latest);
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isStoring = true;
    this.#storing = this.#storeNext().finally(() => {
      this.#isStoring = false;
      this.#arm();
    });
  }

  async #storeNext(): Promise<void> {
    const replies = this.#replies.splice(0);
    const items = this.#items.splice(0, most);
    const counts = this.#counts.splice(0);
    // A shard is done when all of its items are stored, so not before those that still wait.
    const doneShards = this.#items.length === 0 ? this.#doneShards.splice(0) : [];
    const batch: Batch = { replies, items, counts, doneShards };
    for (let pause = firstWait; ; pause = Math.min(longestWait, pause * 2)) {
      try {
        const there = await storeBatch(this.#db, this.#destination, batch);
        this.#events.onStored(batch);
        if (!there) this.#events.onGone();
        return;
      } catch (error) {
        this.#log.warn(
          { job: this.#destination.job, error },
          "outcomes could not be stored, trying again",
        );
        if (this.#giveUp.aborted) return this.#events.onStored(batch);
        await wait(pause, undefined, { signal: this.#giveUp }).catch(() => undefined);
      }
    }
  }
}
