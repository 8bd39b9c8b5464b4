import type { LabelValue } from "@countersign/core";
import type { Standing } from "./verdict.ts";

/** One label judged: what the machine had said, what the person says, how it stood before. */
export interface Judgement {
  readonly record: number;
  /** The record's key. */
  readonly key: string;
  readonly label: number;
  readonly suggested: LabelValue;
  readonly value: LabelValue;
  readonly before: Standing;
}

/** One thing a person did, undone as a whole. */
export interface Act {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly judgements: readonly Judgement[];
}
