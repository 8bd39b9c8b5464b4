import { countedAs } from "@countersign/core";
import { factsOf } from "./facts.ts";
import type { Frame } from "./frame.ts";
import type { LabelledRow } from "./snapshot.ts";

/** What a dataset's card tells of one label: counts that grow as records pass. */
export interface LabelTally {
  /** Final labels by where they come from, and records without one as `none`. */
  readonly sources: Map<string, number>;
  readonly values: Map<string, number>;
  /** The agents that the final labels come from, verified or not: name, id, model and versions, and how many. */
  readonly origins: Map<string, OriginTally>;
  /** Who verified or labelled. */
  readonly people: Map<string, number>;
}

export interface OriginTally {
  /** Null where the labels came with an import. */
  readonly agent: string | null;
  readonly agentId: string | null;
  readonly model: string;
  readonly simulated: boolean;
  n: number;
}

/** Counts what records say, for the card of their dataset. */
export class Tally {
  records = 0;
  readonly labels: readonly LabelTally[];
  readonly #frame: Frame;

  constructor(frame: Frame) {
    this.#frame = frame;
    this.labels = frame.names.map(() => ({
      sources: new Map(),
      values: new Map(),
      origins: new Map(),
      people: new Map(),
    }));
  }

  add(record: LabelledRow): void {
    this.records += 1;
    for (const [at, { final }] of factsOf(record.labels, this.#frame).entries()) {
      const tally = this.labels[at];
      if (!tally) continue;
      count(tally.sources, final?.source ?? "none");
      if (!final) continue;
      const definition = this.#frame.definitions[at];
      if (definition)
        for (const value of countedAs(definition, final.value)) count(tally.values, value);
      if (final.source !== "model") count(tally.people, final.by);
      const { from } = final;
      if (!from) continue;
      const model = from.modelVersion ?? from.modelName;
      const key = JSON.stringify([from.agentId, model, from.simulated]);
      const origin = tally.origins.get(key);
      if (origin) origin.n += 1;
      else
        tally.origins.set(key, {
          agent: from.agent,
          agentId: from.agentId,
          model,
          simulated: from.simulated,
          n: 1,
        });
    }
  }
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
