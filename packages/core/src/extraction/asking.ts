import type { FuzzyMatching } from "./reading.ts";

/** What is known beside the reply when it is read. */
export interface Asking {
  readonly fuzzy: FuzzyMatching | undefined;
  /** The record's text, in which quoted spans are located. */
  readonly record: string;
}
