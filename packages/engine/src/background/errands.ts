import { workOnNextDeletion } from "../deletions/work.ts";
import { fillNextCompanion } from "../embeddings/companions.ts";
import { computeNextEmbeddings } from "../embeddings/work.ts";
import type { Engine } from "../engine.ts";
import { removeExpired } from "../exports/expire.ts";
import { writeNextExport } from "../exports/work.ts";

/**
 * One piece of background work. Answers whether there may be more to do at once; what is left is found again by a later
 * look, here or in another process. When the signal is aborted it stops where it can.
 */
type Errand = (engine: Engine, stopping: AbortSignal) => Promise<boolean>;

const errands: readonly Errand[] = [
  writeNextExport,
  computeNextEmbeddings,
  fillNextCompanion,
  workOnNextDeletion,
  removeExpired,
];

/** What a worker does besides jobs: each kind of errand one at a time, beside the others. */
export class Errands {
  readonly #engine: Engine;
  readonly #stopping = new AbortController();
  readonly #underWay = new Map<Errand, Promise<void>>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Looks what there is to do. */
  look(): void {
    if (this.#stopping.signal.aborted) return;
    for (const errand of errands)
      if (!this.#underWay.has(errand)) this.#underWay.set(errand, this.#run(errand));
  }

  /** Leaves what is under way where it stands; the next who looks goes on with it. */
  async end(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#underWay.values());
  }

  async #run(errand: Errand): Promise<void> {
    const { signal } = this.#stopping;
    try {
      while (!signal.aborted && (await errand(this.#engine, signal)));
    } catch (error) {
      this.#engine.log.warn({ error }, "background work was broken off and will be tried again");
    } finally {
      this.#underWay.delete(errand);
    }
  }
}
