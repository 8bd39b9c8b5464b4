import type { EmbeddingFault } from "@countersign/core";
import type pg from "pg";
import { CallLine, type Lane, systemClock } from "../llm/call-line.ts";
import type { Embedder } from "../llm/embedding-model.ts";
import { Pacer } from "../llm/pacer.ts";
import type { Pricing } from "../llm/prices.ts";
import { askForVectors, type Failure } from "./ask.ts";
import { inBatches, type Wanted } from "./batches.ts";
import { type Place, refuse, store } from "./storing.ts";

/** Calls at once, where the provider bears as many. */
const mostCalls = 32;
/** So many texts rejected one by one before any was taken: it is the request that is at fault, not the texts. */
const manyRejected = 10;

/** One time of working on a name's vectors, by the connection that has claimed it. */
export class Run {
  readonly place: Place;
  readonly #client: pg.Client;
  readonly #embedder: Embedder;
  readonly #pricing: Pricing;
  readonly #lane: Lane;
  readonly #halt = new AbortController();
  readonly #stop: AbortSignal;
  #length: number | undefined;
  #taken = false;
  #rejected = 0;
  /** The connection runs one statement at a time. */
  #storing: Promise<unknown> = Promise.resolve();
  /** Why it came to a halt, if it did. */
  fault: EmbeddingFault | undefined;

  constructor(
    client: pg.Client,
    place: Place,
    embedder: Embedder,
    pricing: Pricing,
    stopping: AbortSignal,
  ) {
    this.#client = client;
    this.place = place;
    this.#embedder = embedder;
    this.#pricing = pricing;
    this.#lane = new CallLine(new Pacer(Math.random), systemClock).open(mostCalls, {});
    this.#stop = AbortSignal.any([stopping, this.#halt.signal]);
    this.#stop.addEventListener("abort", () => this.#lane.close(), { once: true });
    if (this.#stop.aborted) this.#lane.close();
  }

  get isOver(): boolean {
    return this.#stop.aborted;
  }

  /** Gives up the calls under way and makes no more. */
  end(): void {
    this.#halt.abort();
  }

  /** Makes vectors of texts and stores each batch as it comes. Answers with the number of records that got one. */
  async embed(wanted: readonly Wanted[]): Promise<number> {
    const stored = await Promise.all(inBatches(wanted).map((batch) => this.#embedBatch(batch)));
    return stored.reduce((sum, n) => sum + n, 0);
  }

  async #embedBatch(batch: readonly Wanted[]): Promise<number> {
    const answer = await askForVectors(
      { embedder: this.#embedder, lane: this.#lane, stop: this.#stop },
      batch.map(({ text }) => text),
    );
    if (!answer) return 0;
    if (answer.ok) {
      const length = answer.value.vectors[0]?.length ?? 0;
      this.#length ??= (await this.#inTurn(() => this.#knownLength())) ?? length;
      if (this.#length !== length) return this.#give(differs(this.#length, length));
      this.#taken = true;
      return this.#inTurn(() =>
        store(this.#client, this.place, batch, answer.value, this.#pricing),
      );
    }
    const failure = answer.error;
    if (failure.kind === "retry" || failure.scope === "job") return this.#give(faultOf(failure));
    const [one, ...others] = batch;
    if (one && others.length === 0) return this.#refuse(one, failure);
    // One text is at fault, or they are too many for this server: each half is asked for by itself.
    const middle = Math.ceil(batch.length / 2);
    const halves = [batch.slice(0, middle), batch.slice(middle)];
    const stored = await Promise.all(halves.map((half) => this.#embedBatch(half)));
    return stored.reduce((sum, n) => sum + n, 0);
  }

  async #refuse(one: Wanted, failure: Extract<Failure, { scope: "item" }>): Promise<number> {
    this.#rejected += 1;
    const hopeless = failure.reason === "invalid-request" && !this.#taken;
    if (hopeless && this.#rejected >= manyRejected) return this.#give(faultOf(failure));
    await this.#inTurn(() => refuse(this.#client, this.place, one, failure));
    return 0;
  }

  /** All vectors of a name are compared with each other, so all have as many numbers. */
  async #knownLength(): Promise<number | undefined> {
    const { rows } = await this.#client.query<{ length: number }>(
      `select octet_length(numbers) / 4 as length from vectors
       where project_id = $1 and name = $2 limit 1`,
      [this.place.projectId, this.place.name],
    );
    return rows[0]?.length;
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#storing.then(work);
    this.#storing = done.catch(() => undefined);
    return done;
  }

  #give(fault: EmbeddingFault): 0 {
    this.fault ??= fault;
    this.end();
    return 0;
  }
}

const faultOf = ({ message }: Failure): EmbeddingFault => ({
  what: message,
  next: "Put it right and go on with what is missing: countersign embeddings resume NAME",
});

const differs = (known: number, length: number): EmbeddingFault => ({
  what: `The model gave vectors of ${length} numbers, those that are there have ${known}.`,
  next: "Delete them, or compute these under another name.",
});
